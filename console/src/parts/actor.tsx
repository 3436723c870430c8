import { useLingui } from '@lingui/react';
import type { ReactElement } from 'react';
import { actorName } from './actor-name.js';

/** The actor of something by name; as the log has them on hover. */
export function Actor({ actor }: { readonly actor: string | null }): ReactElement | null {
  useLingui(); // drawn anew where the language changes
  if (actor === null) return null;
  const name = actorName(actor);
  return name === actor ? <span className="mono">{name}</span> : <span title={actor}>{name}</span>;
}
