import { useLingui } from '@lingui/react/macro';
import { useRouterState } from '@tanstack/react-router';
import { lazy, type ReactElement, Suspense, useEffect, useState } from 'react';
import { withTexts } from '../language/language.js';
import { Icon } from '../parts/icons.js';
import { LanguageSwitch } from './language-switch.js';
import { PlaceLink } from './place-link.js';
import { ON_A_PHONE, type Place } from './routes.js';

const Account = lazy(withTexts(async () => ({ default: (await import('../account/account.js')).Account })));

/** The navigation at the foot of a phone: the places used most, and the others behind “more”. */
export function PhoneBar({ places }: { readonly places: readonly Place[] }): ReactElement {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: ({ location }) => location.pathname });
  useEffect(() => setOpen(false), [path]);
  const isElsewhere = places.slice(ON_A_PHONE).some(({ to }) => path.startsWith(to));
  return (
    <div className="phone" onKeyDown={({ key }) => key === 'Escape' && setOpen(false)}>
      {open && (
        <section className="phone-more" id="phone-more" aria-label={t`More`}>
          {places.length > ON_A_PHONE && (
            <nav aria-label={t`More pages`}>
              {places.slice(ON_A_PHONE).map((place) => (
                <PlaceLink key={place.to} place={place} onClick={() => setOpen(false)} />
              ))}
            </nav>
          )}
          <Suspense>
            <Account />
          </Suspense>
          <LanguageSwitch />
        </section>
      )}
      <nav className="phone-bar" aria-label={t`Pages`}>
        {places.slice(0, ON_A_PHONE).map((place) => (
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
