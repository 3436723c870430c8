import { useLingui } from '@lingui/react/macro';
import type { ReactElement } from 'react';

/** Processes write under their ids, people under names. */
const WORKER = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** Who did something: a name as the log has it, or a process by the beginning of its id. */
export function Actor({ actor }: { readonly actor: string }): ReactElement {
  const { t } = useLingui();
  return <span className="mono">{WORKER.test(actor) ? t`process ${actor.slice(0, 8)}` : actor}</span>;
}
