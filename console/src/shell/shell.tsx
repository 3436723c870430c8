import { Trans, useLingui } from '@lingui/react/macro';
import { Link, Navigate, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, type ReactElement, Suspense, useEffect } from 'react';
import { useSubscription } from 'urql';
import { graphql } from '../graphql/graphql.js';
import { stir, useConnection } from '../graphql/live.js';
import { type Role, useRole } from '../graphql/role.js';
import { useLive } from '../graphql/use-live.js';
import { withTexts } from '../language/language.js';
import { Icon } from '../parts/icons.js';
import { Loading } from '../parts/page.js';
import { Zone } from '../parts/time.js';
import { LanguageSwitch } from './language-switch.js';
import { PhoneBar } from './phone-bar.js';
import { PlaceLink } from './place-link.js';
import { NotYours } from './problem-screens.js';
import { homeOf, isOpenTo, type Place, placesOf } from './routes.js';
import { useKeptFocus } from './use-kept-focus.js';

const Account = lazy(withTexts(async () => ({ default: (await import('../account/account.js')).Account })));
const ExpiryNotice = lazy(withTexts(async () => ({ default: (await import('../account/account.js')).ExpiryNotice })));

const SHELL = graphql(`
  query Shell {
    schedules(first: 1) {
      nodes {
        timeZone
      }
    }
  }
`);

const CHANGES = graphql(`
  subscription Changes {
    runsChanged {
      id
      status
      parent {
        id
      }
    }
  }
`);

/** What stands around every screen: navigation, language, and whether news arrive. What the caller’s role is refused is neither offered nor asked for. */
export function Shell(): ReactElement {
  useKeptFocus();
  const role = useRole();
  const isReader = role !== undefined && role !== 'REVIEWER';
  const { data } = useLive(SHELL, {}, { known: true, pause: !isReader });
  const [changes] = useSubscription({ query: CHANGES, pause: !isReader });
  useEffect(() => {
    const run = changes.data?.runsChanged;
    if (run !== undefined) stir('runs', run.parent === null ? [run.id] : [run.id, run.parent.id]);
  }, [changes.data]);
  const places = placesOf(role);
  // A reviewer is told of no schedule: their own zone.
  const zone = role === 'REVIEWER' ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'Asia/Seoul';
  return (
    <Zone value={data?.schedules.nodes[0]?.timeZone ?? zone}>
      <a className="skip" href="#main">
        <Trans>To the contents</Trans>
      </a>
      <div className="shell">
        <Sidebar places={places} home={homeOf(role)} />
        <div className="content">
          {isReader && <ConnectionNotice />}
          <Suspense>
            <ExpiryNotice />
          </Suspense>
          <Screen role={role} />
        </div>
        <PhoneBar places={places} />
      </div>
    </Zone>
  );
}

/** The screen of the address, where it is the caller’s. */
function Screen({ role }: { readonly role: Role | undefined | null }): ReactElement {
  // Of what stands, not of where it goes: the address changes before the next screen is there.
  const path = useRouterState({ select: ({ matches }) => matches.at(-1)?.routeId ?? '' });
  if (role === undefined)
    return (
      <main id="main" tabIndex={-1}>
        <Loading lines={6} />
      </main>
    );
  if (isOpenTo(role, path)) return <Outlet />;
  return path === '/' ? <Navigate to={homeOf(role)} replace /> : <NotYours home={homeOf(role)} />;
}

function Sidebar({ places, home }: { readonly places: readonly Place[]; readonly home: Place['to'] }): ReactElement {
  const { t } = useLingui();
  return (
    <aside className="sidebar">
      <Link to={home} className="logo">
        <img src="/console/icon.svg" alt="" width="28" height="28" />
        <span>
          IBSafe <span className="brand">Batch</span>
        </span>
      </Link>
      <nav aria-label={t`Pages`}>
        {places.map((place) => (
          <PlaceLink key={place.to} place={place} />
        ))}
      </nav>
      <Suspense>
        <Account />
      </Suspense>
      <LanguageSwitch />
    </aside>
  );
}

/** Says that the service is away, and nothing while it is there. */
function ConnectionNotice(): ReactElement {
  const connection = useConnection();
  return (
    <div role="status">
      {connection === 'lost' && (
        <p className="offline">
          <Icon name="clock" size={16} />
          <Trans>The service does not answer. What you see is the last state; this page comes back by itself.</Trans>
        </p>
      )}
    </div>
  );
}
