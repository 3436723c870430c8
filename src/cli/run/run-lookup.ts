import { asTyped } from '../../base/as-typed.js';
import type { Core } from '../../runtime/core.js';
import type { StoredRun } from '../../application/ports.js';
import { CommandFailed } from '../shell/exit-code.js';
import { say } from '../words/catalogue.js';

// The newest that goes on, else the newest of all.
const LATEST = 'select run_id from batch.run_view order by ended_at is null desc, requested_at desc limit 1';

/** The run of an id; without one the latest active run, else the last one. @throws CommandFailed where there is none */
export async function lookUpRun(core: Core, runId: string | undefined): Promise<StoredRun> {
  const id = runId ?? (await core.pool.query<{ run_id: string }>(LATEST)).rows[0]?.run_id;
  if (id === undefined) throw new CommandFailed(say('noRunYet', { run: asTyped('run') }));
  const stored = await core.deps.runs.find(id);
  if (stored === undefined) throw new CommandFailed(say('noSuchRun', { run: id, status: asTyped('status') }));
  return stored;
}
