import { Trans, useLingui } from '@lingui/react/macro';
import { lazy, type ReactElement } from 'react';
import { useKnownSession } from '../../account/use-known-session.js';
import { graphql, type ResultOf } from '../../graphql/graphql.js';
import { useMay } from '../../graphql/role.js';
import { useLive } from '../../graphql/use-live.js';
import { withTexts } from '../../language/language.js';
import { useWords } from '../../language/use-words.js';
import { Opener } from '../../orders/opener.js';
import { actorName } from '../../parts/actor-name.js';
import { Actor } from '../../parts/actor.js';
import { Select } from '../../parts/choice.js';
import { Answer, Card, Empty } from '../../parts/page.js';
import { Pager } from '../../parts/pager.js';
import { Time } from '../../parts/time.js';
import { NEWEST, type Pages, useKept } from '../../parts/use-pages.js';

const SESSIONS = graphql(`
  query Sessions($everybody: Boolean!, $ended: Boolean!, $after: String) {
    sessions(first: 20, everybody: $everybody, ended: $ended, after: $after) {
      nodes {
        id
        actor
        way
        signedInAt
        expiresAt
        endedAt
        endedBy
        live
        current
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
type Session = ResultOf<typeof SESSIONS>['sessions']['nodes'][number];

const EndSessionDialog = lazy(withTexts(() => import('../../orders/end-session-dialog.js')));

/** Browsers that are signed in: one's own, and for admins all of them, with those that were. Not on a service without signing in. */
export function Sessions(): ReactElement | null {
  return useKnownSession()?.open === false ? <List /> : null;
}

type Which = 'own' | 'all' | 'ever';

/** Whose sessions are shown, and which page. */
const OWN: { readonly which: Which; readonly pages: Pages } = { which: 'own', pages: NEWEST };

function List(): ReactElement {
  const { t } = useLingui();
  const mayAll = useMay('admin');
  const [{ which, pages }, keep] = useKept('sessions', OWN);
  const after = pages.at(-1);
  const variables = { everybody: which !== 'own', ended: which === 'ever', ...(after !== undefined && { after }) };
  const answer = useLive(SESSIONS, variables);
  return (
    <Card title={<Trans>Signed-in browsers</Trans>}>
      {mayAll && (
        <div className="filters">
          <Select
            label={t`Sessions`}
            value={which}
            onChange={(next) => keep({ which: next, pages: NEWEST })}
            options={[
              { value: 'own', name: t`Your own` },
              { value: 'all', name: t`Of all users` },
              { value: 'ever', name: t`Of all users, ended ones too` },
            ]}
          />
        </div>
      )}
      <Answer of={answer}>
        {({ sessions: { nodes, pageInfo } }) =>
          nodes.length === 0 ? (
            <Empty title={<Trans>No browser is signed in here. A key or token was sent with the request.</Trans>} />
          ) : (
            <>
              <ul className="lines sessions">
                {nodes.map((session) => (
                  <Line key={session.id} session={session} />
                ))}
              </ul>
              <Pager pages={pages} pageInfo={pageInfo} onPages={(next) => keep({ which, pages: next })} label={t`Pages of the sessions`} />
            </>
          )
        }
      </Answer>
    </Card>
  );
}

function Line({ session }: { readonly session: Session }): ReactElement {
  const { t } = useLingui();
  const { name } = useWords();
  const { actor, way, signedInAt, live, current } = session;
  return (
    <li>
      <div>
        <p>
          <Actor actor={actor} /> {current && <em className="soft">({t`this browser`})</em>}
        </p>
        <p className="soft">
          {name('SignInWay', way)} ·{' '}
          <Trans>
            since <Time at={signedInAt} />
          </Trans>{' '}
          · <End session={session} />
        </p>
      </div>
      {!current && (
        <Opener
          role="viewer"
          offered={live}
          label={t`End the session of ${actorName(actor)}`}
          dialog={(close) => <EndSessionDialog session={session} onClose={close} />}
        >
          <Trans>End</Trans>
        </Opener>
      )}
    </li>
  );
}

function End({ session: { live, expiresAt, endedAt, endedBy } }: { readonly session: Session }): ReactElement {
  if (live)
    return (
      <Trans>
        until <Time at={expiresAt} /> unless it is used
      </Trans>
    );
  if (endedAt === null)
    return (
      <Trans>
        expired <Time at={expiresAt} />
      </Trans>
    );
  return (
    <Trans>
      ended <Time at={endedAt} /> by <Actor actor={endedBy} />
    </Trans>
  );
}
