import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useState } from 'react';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { useMay } from '../../graphql/role.js';
import { useLive } from '../../graphql/use-live.js';
import { useWords } from '../../language/use-words.js';
import { Actor } from '../../parts/actor.js';
import { Answer, Card, Empty } from '../../parts/page.js';
import { Pager } from '../../parts/pager.js';
import { Time } from '../../parts/time.js';
import { usePages } from '../../parts/use-pages.js';

const READS = graphql(`
  query PatientReads($userId: Int!, $after: String) {
    personReads(first: 20, filter: { userId: $userId }, after: $after) {
      nodes {
        id
        at
        caller
        via
        what
        fields
        runId
        certain
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
type Read = ResultOf<typeof READS>['personReads']['nodes'][number];

/** The audit of reads of a patient, for admins. A look at it is recorded as well, so it is asked for by hand. */
export function Reads({ userId }: { readonly userId: number }): ReactElement | null {
  const [open, setOpen] = useState(false);
  if (!useMay('admin')) return null;
  return (
    <Card title={<Trans>Who looked at this patient</Trans>}>
      {open ? (
        <List userId={userId} />
      ) : (
        <p>
          <button type="button" className="button" onClick={() => setOpen(true)}>
            <Trans>Show</Trans>
          </button>{' '}
          <span className="soft">
            <Trans>Your look at this list is recorded too.</Trans>
          </span>
        </p>
      )}
    </Card>
  );
}

function List({ userId }: { readonly userId: number }): ReactElement {
  const { t } = useLingui();
  const [pages, turn] = usePages('reads');
  const after = pages.at(-1);
  const answer = useLive(READS, { userId, ...(after !== undefined && { after }) }, { known: true });
  return (
    <Answer of={answer}>
      {({ personReads: { nodes, pageInfo } }) =>
        nodes.length === 0 ? (
          <Empty title={<Trans>No look at this patient is recorded.</Trans>} />
        ) : (
          <>
            <ul className="lines">
              {nodes.map((read) => (
                <Line key={read.id} read={read} />
              ))}
            </ul>
            <Pager pages={pages} pageInfo={pageInfo} onPages={turn} label={t`Pages of the looks`} />
          </>
        )
      }
    </Answer>
  );
}

function Line({ read: { at, caller, via, what, fields, runId, certain } }: { readonly read: Read }): ReactElement {
  const { name } = useWords();
  return (
    <li>
      <div>
        <p>
          <Time at={at} style="full" /> · <Actor actor={caller} /> · {name('ReadWay', via)}
        </p>
        <p className="soft">
          <What what={what} />
          {runId !== null && (
            <>
              {' '}
              · <Trans>everybody of a run</Trans>
            </>
          )}
          {!certain && (
            <>
              {' '}
              · <Trans>the log has let that run go: the patient may have been in it</Trans>
            </>
          )}
        </p>
        {fields.length > 0 && (
          <details className="soft">
            <summary>
              <Trans>Fields of the answer</Trans>
            </summary>
            <span className="mono">
              {what} ({fields.join(', ')})
            </span>
          </details>
        )}
      </div>
    </li>
  );
}

/** What was looked at, in words; as the schema names it where this page has none. */
function What({ what }: { readonly what: string }): ReactElement {
  switch (what) {
    case 'UserTimeline':
      return <Trans>What happened day by day.</Trans>;
    case 'Patient':
      return <Trans>The account.</Trans>;
    case 'Query.personReads':
      return <Trans>This list.</Trans>;
    case 'Intervention':
      return <Trans>The advice.</Trans>;
    case 'Outcome':
      return <Trans>The outcome of a run.</Trans>;
    default:
      return <span className="mono">{what}</span>;
  }
}
