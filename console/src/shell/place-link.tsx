import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Icon } from '../parts/icons.js';
import type { Place } from './routes.js';

/** A place of the navigation. */
export function PlaceLink({ place, onClick }: { readonly place: Place; readonly onClick?: () => void }): ReactElement {
  const { i18n } = useLingui();
  return (
    <Link to={place.to} activeOptions={{ exact: place.to === '/', includeSearch: false }} {...(onClick && { onClick })}>
      <Icon name={place.icon} />
      <span>{i18n._(place.name)}</span>
    </Link>
  );
}
