import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactElement } from 'react';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { useLive } from '../../graphql/use-live.js';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { Actor } from '../../parts/actor.js';
import { Answer, Card, Empty } from '../../parts/page.js';
import { Day, Time } from '../../parts/time.js';
import { hasEnded } from '../../runs/run-line.js';

const RecallDialog = lazy(withTexts(() => import('../../orders/recall-dialog.js')));

const LiftRecallDialog = lazy(withTexts(() => import('../../orders/lift-recall-dialog.js')));

const RECALLS = graphql(`
  query Recalls {
    recalls(first: 20) {
      nodes {
        id
        kind
        subject
        dishName
        allergen
        reason
        actor
        requestedAt
        status
        counts {
          replace
          past
          closed
        }
        runs {
          program
          recordDate
          run {
            id
            status
            progress {
              generated
            }
          }
        }
        liftedAt
        liftedBy
        liftReason
      }
    }
  }
`);
type Recall = ResultOf<typeof RECALLS>['recalls']['nodes'][number];

/** What was taken out of advice, and the runs that write it anew. */
export function Recalls(): ReactElement {
  const { t } = useLingui();
  const answer = useLive(RECALLS, {}, { runs: true });
  return (
    <Card
      title={<Trans>Recalls</Trans>}
      aside={
        <Opener look="danger" dialog={(close) => <RecallDialog onClose={close} />}>
          <Trans>New recall</Trans>
        </Opener>
      }
    >
      <Answer of={answer}>
        {({ recalls: { nodes } }) =>
          nodes.length === 0 ? (
            <Empty title={<Trans>Nothing was recalled.</Trans>} />
          ) : (
            <ul className="lines sessions" aria-label={t`Recalls`}>
              {nodes.map((recall) => (
                <Line key={recall.id} recall={recall} />
              ))}
            </ul>
          )
        }
      </Answer>
    </Card>
  );
}

function Line({ recall }: { readonly recall: Recall }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const { kind, subject, dishName, allergen, reason, actor, requestedAt, runs, liftedAt, liftedBy, liftReason } = recall;
  const what = dishName ?? name('PointName', subject);
  return (
    <li>
      <div>
        <p>
          <b>
            {name('RecallKind', kind)} {what}
          </b>{' '}
          {what !== subject && <span className="mono soft">{subject}</span>} {allergen && <Trans>for an allergen</Trans>}
        </p>
        <p>
          <Rewritten recall={recall} />
        </p>
        {runs.map(
          ({ program, recordDate, run }) =>
            run !== null && (
              <p key={run.id}>
                <Link to="/runs/$runId" params={{ runId: run.id }}>
                  {name('ProgramName', program)} · <Day date={recordDate} />
                </Link>{' '}
                · {name('RunStatus', run.status)}
              </p>
            ),
        )}
        <p className="soft">
          <Time at={requestedAt} /> · <Actor actor={actor} />
          {reason !== null && <> · “{reason}”</>}
          {liftedAt !== null && (
            <>
              {' · '}
              <Trans>
                lifted <Time at={liftedAt} /> by <Actor actor={liftedBy} />
              </Trans>
              {liftReason !== null && <> · “{liftReason}”</>}
            </>
          )}
        </p>
      </div>
      <div className="actions">
        <Opener
          offered={liftedAt === null}
          label={t`Lift the recall: ${what}`}
          dialog={(close) => <LiftRecallDialog recall={recall} what={what} onClose={close} />}
        >
          <Trans>Lift the recall</Trans>
        </Opener>
      </div>
    </li>
  );
}

/** How many rows are to be written anew, and how many of them were by now. */
function Rewritten({ recall: { counts, runs } }: { readonly recall: Recall }): ReactElement {
  const { count } = useWords();
  if (counts === null) return <Trans>Its rows are being counted.</Trans>;
  const known = runs.flatMap(({ run }) => (run === null ? [] : [run]));
  const written = known.reduce((sum, { progress }) => sum + progress.generated, 0);
  const isOver = known.length === runs.length && known.every(({ status }) => hasEnded(status));
  const { replace, past, closed } = counts;
  if (replace + past + closed === 0) return <Trans>No saved advice held it.</Trans>;
  return (
    <>
      {replace === 0 ? (
        <Trans>No row was to be written anew</Trans>
      ) : isOver && written >= replace ? (
        <Trans>
          <Plural value={replace} one="# row was written anew" other="# rows were written anew" />
        </Trans>
      ) : isOver ? (
        <b className="wrong">
          <Trans>
            {count(written)} of <Plural value={replace} one="# row was written anew" other="# rows were written anew" />
          </Trans>
        </b>
      ) : (
        <Trans>
          {count(written)} of <Plural value={replace} one="# row is written anew so far" other="# rows are written anew so far" />
        </Trans>
      )}
      {past > 0 && <> · {<Trans>{count(past)} whose day is over stay</Trans>}</>}
      {closed > 0 && <> · {<Trans>{count(closed)} of closed accounts stay</Trans>}</>}
    </>
  );
}
