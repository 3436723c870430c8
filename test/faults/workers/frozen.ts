import type { PatientsDatabase } from '../../support/patients-database.js';
import { startServiceProcess, type ServiceProcess } from '../../support/service-process.js';
import { holdWorkers } from '../../support/table-hold.js';
import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';
import { heirOn, type Heir } from '../heir.js';
import { runGround, SHORT_LEASE, takenOver, type RunGround } from '../run-ground.js';

/** 3: it stands still past its lease, and when it goes on its chunk is another's, who has written it or is about to. */
export const FROZEN: Fault = {
  id: '3',
  what: 'SIGSTOP past the lease, another takes over, SIGCONT',
  promise: 'invariants 6 and 1',
  open: () => frozenScene('ITS CLOCK GOES ON'),
};

/** 3, of a machine that is suspended: by its own clock the lease is not over, so that only the fence stands in its way. */
export const SUSPENDED: Fault = {
  id: '3b',
  what: 'the same of a machine whose clock stands still as well',
  promise: 'invariants 6 and 1',
  open: () => frozenScene('ITS CLOCK STANDS STILL'),
};

type Sleep = 'ITS CLOCK GOES ON' | 'ITS CLOCK STANDS STILL';

/** A lease that the sleeper itself never sees end is ended by the database's clock, which went on. */
const LEASES = { 'ITS CLOCK GOES ON': SHORT_LEASE, 'ITS CLOCK STANDS STILL': { BATCH_LEASE_MS: '3600000' } };
const EXPIRE = `update batch.chunk_work set lease_until = clock_timestamp() - interval '1 ms' where run_id = $1 and owner = $2 and not done`;

interface Cast {
  readonly ground: RunGround;
  readonly heir: Heir;
  readonly sleeper: ServiceProcess;
}

/** The scene. `change` may do something to the database first, as a mutant does. */
export async function frozenScene(
  sleep: Sleep,
  change: (database: PatientsDatabase) => Promise<unknown> = () => Promise.resolve(),
): ReturnType<Fault['open']> {
  const ground = await runGround();
  await change(ground.database);
  const heir = await heirOn(ground);
  const sleeper = ground.resources.use(await startServiceProcess(ground.database, 'worker', { ...LEASES[sleep], WORKER_LANES: '1' }));
  return sceneOf(ground.resources, async (draws) => {
    await heir.freeze();
    const hold = await ground.hold('READING');
    const runId = await ground.begin({ chunkSize: draws.between(3, 10) });
    await hold.keeps(1);
    sleeper.child.kill('SIGSTOP');
    const since = performance.now();
    if (sleep === 'ITS CLOCK STANDS STILL') await ground.database.rows(EXPIRE, [runId, sleeper.workerId]);
    const wake = draws.pick([wakeAfterwards, wakeMeanwhile]);
    await wake({ ground, heir, sleeper }, runId, () => hold.release());
    const late = await lateOutcomes(ground, runId);
    const broken = late === 0 ? [] : [`a late owner wrote ${late} outcomes of chunks that were another’s`];
    return ground.verdict(runId, { bites: await takenOver(ground, runId), since, broken });
  });
}

/** It goes on when the run has ended. Its only lane is still at the lost chunk: that it works off another run, a dry one, shows that it is through. */
async function wakeAfterwards({ ground, heir, sleeper }: Cast, runId: string, release: () => Promise<void>): Promise<void> {
  await release();
  heir.thaw();
  await ground.ended(runId);
  await heir.freeze();
  sleeper.child.kill('SIGCONT');
  const userIds = await ground.database.column<number>('select id from auth_user where is_active and not is_staff order by id limit 2');
  const next = await ground.beginBeside({ userIds, dryRun: true });
  await ground.chunksDone(next, 1, sleeper.workerId);
  heir.thaw();
  await ground.ended(next);
}

/** It goes on while the other has claimed its chunk and not yet written it: only the fence stands between them. */
async function wakeMeanwhile({ ground, heir, sleeper }: Cast, runId: string, release: () => Promise<void>): Promise<void> {
  const [released, again] = [release(), holdWorkers(ground.database, 'READING')]; // what the sleeper asked for it is given first
  await released;
  const hold = await again;
  const expired = 'select 1 from batch.chunk_work where run_id = $1 and owner = $2 and lease_until < clock_timestamp()';
  await patiently(async () => (await ground.database.column(expired, [runId, sleeper.workerId])).length > 0);
  heir.thaw();
  await patiently(async () => (await takenOver(ground, runId)) > 0);
  await hold.keeps(2);
  sleeper.child.kill('SIGCONT');
  await hold.keeps(3); // through with the lost chunk, it has come to the next one
  await hold.release();
  await ground.ended(runId);
}

async function lateOutcomes({ database }: RunGround, runId: string): Promise<number> {
  const text = `select count(*)::int from batch.event e join batch.chunk_work w on w.run_id = e.run_id and e.stream = format('run-%s/chunk-%s', w.run_id, w.chunk)
    where e.run_id = $1 and e.user_id is not null and e.actor <> w.owner::text`;
  return (await database.column<number>(text, [runId]))[0] ?? 0;
}
