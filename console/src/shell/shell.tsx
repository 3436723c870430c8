import { Trans, useLingui } from '@lingui/react/macro';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, type ReactElement, Suspense, useEffect, useState } from 'react';
import { useSubscription } from 'urql';
import { graphql } from '../graphql/graphql.js';
import { stir, useConnection } from '../graphql/live.js';
import { useLive } from '../graphql/use-live.js';
import { withTexts } from '../language/language.js';
import { Icon } from '../parts/icons.js';
import { Zone } from '../parts/time.js';
import { LanguageSwitch } from './language-switch.js';
import { useKeptFocus } from './use-kept-focus.js';
import { ON_A_PHONE, type Place, PLACES } from './routes.js';

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
    }
  }
`);

/** What stands around every screen: navigation, language, and whether news arrive. */
export function Shell(): ReactElement {
  useKeptFocus();
  const { data } = useLive(SHELL, {}, { known: true });
  const [changes] = useSubscription({ query: CHANGES });
  useEffect(() => {
    if (changes.data !== undefined) stir('runs');
  }, [changes.data]);
  return (
    <Zone value={data?.schedules.nodes[0]?.timeZone ?? 'Asia/Seoul'}>
      <a className="skip" href="#main">
        <Trans>To the contents</Trans>
      </a>
      <div className="shell">
        <Sidebar />
        <div className="content">
          <ConnectionNotice />
          <Suspense>
            <ExpiryNotice />
          </Suspense>
          <Outlet />
        </div>
        <PhoneBar />
      </div>
    </Zone>
  );
}

function Sidebar(): ReactElement {
  const { t } = useLingui();
  return (
    <aside className="sidebar">
      <Link to="/" className="logo">
        <img src="/console/icon.svg" alt="" width="28" height="28" />
        <span>
          IBSafe <span className="brand">Batch</span>
        </span>
      </Link>
      <nav aria-label={t`Pages`}>
        {PLACES.map((place) => (
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

function PlaceLink({ place, onClick }: { readonly place: Place; readonly onClick?: () => void }): ReactElement {
  const { i18n } = useLingui();
  return (
    <Link to={place.to} activeOptions={{ exact: place.to === '/', includeSearch: false }} {...(onClick && { onClick })}>
      <Icon name={place.icon} />
      <span>{i18n._(place.name)}</span>
    </Link>
  );
}

/** The navigation at the foot of a phone: the places used most, and the others behind “more”. */
function PhoneBar(): ReactElement {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => setOpen(false), [path]);
  const isElsewhere = PLACES.slice(ON_A_PHONE).some(({ to }) => path.startsWith(to));
  return (
    <div className="phone" onKeyDown={({ key }) => key === 'Escape' && setOpen(false)}>
      {open && (
        <section className="phone-more" id="phone-more" aria-label={t`More`}>
          <nav aria-label={t`More pages`}>
            {PLACES.slice(ON_A_PHONE).map((place) => (
              <PlaceLink key={place.to} place={place} onClick={() => setOpen(false)} />
            ))}
          </nav>
          <Suspense>
            <Account />
          </Suspense>
          <LanguageSwitch />
        </section>
      )}
      <nav className="phone-bar" aria-label={t`Pages`}>
        {PLACES.slice(0, ON_A_PHONE).map((place) => (
          <PlaceLink key={place.to} place={place} />
        ))}
        <button
          type="button"
          aria-expanded={open}
          aria-controls="phone-more"
          className={isElsewhere ? 'active' : ''}
          onClick={() => setOpen(!open)}
        >
          <Icon name="more" />
          <span>{t`More`}</span>
        </button>
      </nav>
    </div>
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
