import type { Deps } from '../../src/application/ports.js';
import { begin as ask } from '../support/batch-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { faultsOf, usersLostAndDoubled } from '../support/run-faults.js';
import { holdWorkers, type TableHold } from '../support/table-hold.js';
import { startTestService } from '../support/test-service.js';
import type { SeedVerdict } from './fault.js';
import { patiently } from './patiently.js';

/** Patients, and an API that takes orders for runs over them. Whoever works on the runs, a fault brings along. */
export interface RunGround {
  readonly resources: Resources;
  readonly database: PatientsDatabase;
  /** Of the API. */
  readonly url: string;
  /** The API's use cases. */
  readonly deps: Deps;
  /** Holds workers at a step, as `holdWorkers` does, after the advice of earlier runs was taken away: a hold would keep that waiting. */
  hold(at: 'READING' | 'WRITING'): Promise<TableHold>;
  /** Asks for a run in which there is advice to write: that of the runs before it is taken away, where a hold has not done so. */
  begin(input?: object): Promise<string>;
  /** Asks for a run and leaves the advice of the others where it is. */
  beginBeside(input: object): Promise<string>;
  /** Resolves when a run has ended. */
  ended(runId: string): Promise<void>;
  /** Resolves when so many chunks of a run are written, by this worker when it is named. */
  chunksDone(runId: string, count: number, workerId?: string): Promise<void>;
  /** What the checkers say of a run that has ended. `since` is the `performance.now()` of the strike. */
  verdict(runId: string, found: { bites: number; since?: number; broken?: readonly string[] }): Promise<SeedVerdict>;
}

/** Makes a ground of a fault's own. `resources` gives it back. */
export async function runGround(options: { users?: number; database?: PatientsDatabase } = {}): Promise<RunGround> {
  const resources = new Resources();
  const database = resources.use(options.database ?? (await createPatients(options.users ?? 80)));
  const { url, core } = resources.use(await startTestService(database, { role: 'api' }));
  return { resources, url, deps: core.deps, ...groundOn(database, () => url) };
}

/** The same on an API that somebody else holds. */
export function groundOn(database: PatientsDatabase, url: () => string): Omit<RunGround, 'resources' | 'url' | 'deps'> {
  const count = async (text: string, values: readonly unknown[]): Promise<number> => (await database.column<number>(text, values))[0] ?? -1;
  let isCleared = false;
  const clear = async (): Promise<void> => {
    if (!isCleared) await database.rows('delete from ibsafe_interventionrecord');
  };
  return {
    database,
    async hold(at) {
      await clear();
      isCleared = true;
      return holdWorkers(database, at);
    },
    async begin(input = {}) {
      await clear();
      isCleared = false;
      return ask(url(), input);
    },
    beginBeside: (input) => ask(url(), input),
    ended: (runId) =>
      patiently(
        async () => (await count('select count(*)::int from batch.run_view where run_id = $1 and ended_at is not null', [runId])) > 0,
        { standing: async () => `the run ${(await database.column<string>(STANDING, [runId]))[0] ?? 'is not there'}` },
      ),
    chunksDone: (runId, least, workerId) => patiently(async () => (await count(DONE, [runId, workerId ?? null])) >= least),
    async verdict(runId, { bites, since, broken = [] }) {
      const recovery = since === undefined ? {} : { recoveryMs: Math.round(performance.now() - since) };
      return {
        bites,
        ...(await usersLostAndDoubled(database, runId)),
        broken: [...broken, ...(await faultsOf(database, runId))],
        ...recovery,
      };
    },
  };
}

/** What a run that does not end is at. */
const STANDING = `select concat('is ', status, ' ', paused_reason, ', chunks done: ', (select count(*) filter (where done) || ' of ' || count(*)
    from batch.chunk_work w where w.run_id = r.run_id), ', claimed: ', (select count(*) from batch.chunk_work w where w.run_id = r.run_id and lease_until > clock_timestamp()),
  ', its last events: ', (select string_agg(type, ', ' order by position desc) from (select type, position from batch.event_log e
    where e.run_id = r.run_id order by position desc limit 5) last))
  from batch.run_view r where run_id = $1`;

const DONE = `select count(*)::int from batch.event where run_id = $1 and type = 'ChunkCompleted' and ($2::text is null or actor = $2)`;

/** Chunks of a run that were claimed by more than one worker. */
export async function takenOver({ database }: Pick<RunGround, 'database'>, runId: string): Promise<number> {
  return (
    (
      await database.column<number>('select count(*)::int from batch.chunk_work where run_id = $1 and (fence > 1 or takeovers > 0)', [
        runId,
      ])
    )[0] ?? 0
  );
}

/** The least lease that may be configured: what a dead worker held is free a second after its last sign. */
export const SHORT_LEASE = { BATCH_LEASE_MS: '1000' };
