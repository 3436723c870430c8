import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { Actor } from '../../parts/actor.js';
import { Answer, Card, Empty } from '../../parts/page.js';
import { Pager } from '../../parts/pager.js';
import { type Tone, StateTag } from '../../parts/state.js';
import { Time } from '../../parts/time.js';
import { usePages } from '../../parts/use-pages.js';
import { type Mark, MARKS } from './review-query.js';

const TONES: Readonly<Record<Mark['verdict'], Tone>> = { FINE: 'good', UNCLEAR: 'warn', WRONG: 'bad', HARMFUL: 'bad' };

/** What reviewers said of rows, newest first. */
export function Marks(): ReactElement {
  const { t } = useLingui();
  const [pages, turn] = usePages('marks');
  const after = pages.at(-1);
  const answer = useLive(MARKS, after === undefined ? {} : { after });
  return (
    <Card title={<Trans>Marks so far</Trans>}>
      <Answer of={answer}>
        {({ adviceMarks: { nodes, pageInfo } }) =>
          nodes.length === 0 ? (
            <Empty title={<Trans>No row was marked yet.</Trans>} />
          ) : (
            <>
              <ul className="lines marks" aria-label={t`Marks so far`}>
                {nodes.map((mark) => (
                  <Line key={mark.id} mark={mark} />
                ))}
              </ul>
              <Pager {...{ pages, pageInfo }} onPages={turn} label={t`Pages of marks`} />
            </>
          )
        }
      </Answer>
    </Card>
  );
}

function Line({ mark }: { readonly mark: Mark }): ReactElement {
  const { name } = useWords();
  const { verdict, points, dishes, note, actor, markedAt, recall } = mark;
  const what = [...points.map((point) => name('PointName', point)), ...dishes].join(', ');
  const subject = recall === null ? '' : (recall.dishName ?? name('PointName', recall.subject));
  return (
    <li>
      <StateTag tone={TONES[verdict]}>{name('MarkVerdict', verdict)}</StateTag>
      <div>
        <p>
          {what === '' ? <Trans>the whole row</Trans> : <span>{what}</span>}
          {note !== null && <> · “{note}”</>}
        </p>
        {recall !== null && (
          <p>
            <Trans>
              Recall of {subject}: {name('RecallStatus', recall.status)}.
            </Trans>{' '}
            {recall.counts !== null && (
              <Trans>
                <Plural value={recall.counts.replace} one="# row" other="# rows" /> to write anew.
              </Trans>
            )}
          </p>
        )}
        <p className="soft">
          <Time at={markedAt} /> · <Actor actor={actor} />
        </p>
      </div>
    </li>
  );
}
