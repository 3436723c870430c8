import { useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';
import { useWords } from '../language/use-words.js';

/** Processes write under their ids, people under names. */
const WORKER = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** The actor of something: a part of the service by its name in the language that is shown, a process by the beginning of its id, and anyone else as the log has them. */
export function Actor({ actor }: { readonly actor: string | null }): ReactElement | null {
  const { t } = useLingui();
  const { name } = useWords();
  if (actor === null) return null;
  const known = name('Caller', actor);
  if (known !== actor) return <span title={actor}>{known}</span>;
  return <span className="mono">{WORKER.test(actor) ? t`process ${actor.slice(0, 8)}` : actor}</span>;
}
