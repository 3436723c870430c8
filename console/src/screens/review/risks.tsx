import { Plural, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords, type Words } from '../../language/use-words.js';
import { type Tone, StateTag } from '../../parts/state.js';
import type { Row } from './review-query.js';

/** Items that are named; all are in the advice. */
const SHOWN = 6;

type Reason = Row['reasons'][number];

const TONES: Readonly<Record<Reason['reason'], Tone>> = {
  DOUBTED_POINT: 'bad',
  MANY_ALLERGIES: 'warn',
  NEW_POINT: 'live',
  NEW_DISH: 'live',
  FALLBACK: 'warn',
  GATE_FOUND: 'warn',
  NEW_VERSION: 'live',
  RANDOM: 'idle',
};

/** Why a row is shown, in a word each. */
export function RiskTags({ row }: { readonly row: Row }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  return (
    <ul className="risk-tags" aria-label={t`Why it is shown`}>
      {row.reasons.map(({ reason, items }) => (
        <li key={reason}>
          <StateTag tone={TONES[reason]} icon={reason === 'RANDOM' ? 'minus' : 'search'}>
            {name('RiskReason', reason)}
            {items.length > 1 && ` ${items.length}`}
          </StateTag>
        </li>
      ))}
    </ul>
  );
}

/** Why a row is shown, in words, and what of the row that is about. */
export function Risks({ row }: { readonly row: Row }): ReactElement {
  const words = useWords();
  return (
    <dl className="risks">
      {row.reasons.map((reason) => (
        <div key={reason.reason}>
          <dt>{words.name('RiskReason', reason.reason)}</dt>
          <dd>
            {reason.items.length > 0 && (
              <b>
                {reason.items
                  .slice(0, SHOWN)
                  .map((item) => itemWords(item, { reason, row, words }))
                  .join(', ')}
              </b>
            )}{' '}
            {reason.items.length > SHOWN && <Plural value={reason.items.length - SHOWN} one="and # more." other="and # more." />}{' '}
            <span className="soft">{words.words('RiskReason', reason.reason).means}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function itemWords(item: string, { reason, row, words }: { reason: Reason; row: Row; words: Words }): string {
  if (reason.reason === 'NEW_DISH') return row.dishes.find(({ code }) => code === item)?.name ?? item;
  // What is not in the catalogue names itself: a version of a prompt, for one.
  return words.name(reason.reason === 'FALLBACK' ? 'FallbackReason' : 'PointName', item);
}
