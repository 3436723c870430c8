import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactElement } from 'react';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { useLive } from '../../graphql/use-live.js';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { OrderButton } from '../../orders/order-button.js';
import { Actor } from '../../parts/actor.js';
import { Answer, Card, Empty } from '../../parts/page.js';
import { Time } from '../../parts/time.js';

const RecallDialog = lazy(withTexts(() => import('../../orders/recall-dialog.js')));

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
          }
        }
        liftedAt
        liftedBy
      }
    }
  }
`);
type Recall = ResultOf<typeof RECALLS>['recalls']['nodes'][number];

const LIFT = graphql(`
  mutation LiftRecall($id: UUID!) {
    liftRecall(id: $id) {
      __typename
      ... on Error {
        code
        message
      }
    }
  }
`);

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
  const { count, name } = useWords();
  const { id, kind, subject, dishName, allergen, reason, actor, requestedAt, counts, runs, liftedAt, liftedBy } = recall;
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
          {counts === null ? (
            <Trans>Its rows are being counted.</Trans>
          ) : (
            <Trans>
              <Plural value={counts.replace} one="# row" other="# rows" /> written anew, {count(counts.past)} whose day is over,{' '}
              {count(counts.closed)} of closed accounts
            </Trans>
          )}
        </p>
        {runs.map(
          ({ program, recordDate, run }) =>
            run !== null && (
              <p key={run.id}>
                <Link to="/runs/$runId" params={{ runId: run.id }}>
                  {name('ProgramName', program)} {recordDate}
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
            </>
          )}
        </p>
      </div>
      {liftedAt === null && (
        <div className="actions">
          <OrderButton mutation={LIFT} variables={{ id }} icon="play" label={t`Lift the recall: ${what}`}>
            <Trans>Lift the recall</Trans>
          </OrderButton>
        </div>
      )}
    </li>
  );
}
