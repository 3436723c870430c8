import { Plural, Trans } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useAsked } from '../../graphql/use-asked.js';
import { PREVIEW } from '../../orders/recall-preview.js';
import { useWords } from '../../language/use-words.js';
import { RefusalNotice } from '../../parts/dialog.js';
import { Loading } from '../../parts/page.js';
import { refusalOf } from '../../graphql/use-order.js';
import { type Draft, meantBy } from './draft.js';
import { type Row } from './review-query.js';

/** What a mark does, told before it is made. */
export function WhatFollows({ draft, row }: { readonly draft: Draft; readonly row: Row }): ReactElement | null {
  const { name } = useWords();
  if (draft.verdict === '') return null;
  const { isBad, isComplete, turnOff, recall } = meantBy(draft);
  const points = draft.points.map((point) => name('PointName', point)).join(', ');
  return (
    <section className="what-follows" aria-live="polite">
      <p>
        <b>
          <Trans>What this does</Trans>
        </b>
      </p>
      <ul>
        {!isComplete && (
          <li className="warned">
            <Trans>Nothing yet: name a point, a dish or a note.</Trans>
          </li>
        )}
        <li>
          <Trans>The mark is kept with your name, and the row leaves the sample.</Trans>
        </li>
        {draft.verdict === 'FINE' && points !== '' && (
          <li>
            <Trans>{points}: doubted no more.</Trans>
          </li>
        )}
        {isBad && points !== '' && (
          <li>
            <Trans>{points}: doubted from now on. Rows with it come first.</Trans>
          </li>
        )}
        {turnOff && (
          <li>
            <Trans>{points}: off at once. No advice is written with it; saved advice keeps it.</Trans>
          </li>
        )}
        {recall && <Recalled draft={draft} row={row} />}
        {!turnOff && !recall && (
          <li>
            <Trans>No advice changes.</Trans>
          </li>
        )}
      </ul>
    </section>
  );
}

function Recalled({ draft, row }: { readonly draft: Draft; readonly row: Row }): ReactElement {
  const { count, name } = useWords();
  const { subject } = meantBy(draft);
  const { data, error } = useAsked({
    query: PREVIEW,
    variables: { input: subject ?? {} },
    pause: subject === undefined,
    requestPolicy: 'network-only',
  });
  const dish = subject !== undefined && 'dish' in subject ? subject.dish : undefined;
  const what = row.dishes.find(({ code }) => code === dish)?.name ?? dish ?? name('PointName', draft.points[0] ?? '');
  const found = data?.recallPreview ?? (error === undefined ? undefined : refusalOf(error));
  return (
    <>
      <li>
        <Trans>{what}: recalled. It is in no advice that is written from then on.</Trans>
      </li>
      {found === undefined && (
        <li>
          <Loading lines={1} />
        </li>
      )}
      {found !== undefined && 'code' in found && (
        <li>
          <RefusalNotice refusal={found} />
        </li>
      )}
      {found !== undefined && 'counts' in found && (
        <li>
          <b>
            <Trans>
              <Plural value={found.counts.replace} one="# row" other="# rows" /> for today and later: written anew, what stands there is
              replaced.
            </Trans>
          </b>{' '}
          <Trans>{count(found.counts.past)} whose day is over stay as they are.</Trans>
        </li>
      )}
      {draft.allergen && (
        <li>
          <Trans>The operators are alerted: it is for an allergen.</Trans>
        </li>
      )}
    </>
  );
}
