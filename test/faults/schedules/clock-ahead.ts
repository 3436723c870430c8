import { cancelRun } from '../../../src/application/run/cancel-run.js';
import { createScheduleFrom } from '../../../src/application/schedules/edit-schedules.js';
import { addDays } from '../../../src/domain/local-date.js';
import { migrate } from '../../../src/migrations/migrate.js';
import { checkSlots } from '../../../src/doctor/slots-invariant.js';
import { clockLibrary, fakeClock, NO_CLOCK, type FakeClock } from '../../support/faketime.js';
import { findPostgresPrograms, startOwnCluster } from '../../support/own-cluster.js';
import { fillWithPatients, RECORD_DATE, type PatientsDatabase } from '../../support/patients-database.js';
import { Resources } from '../../support/resources.js';
import { faultsOf } from '../../support/run-faults.js';
import { startServiceProcess } from '../../support/service-process.js';
import { startTestService } from '../../support/test-service.js';
import { sceneOf, type Fault, type Scene } from '../fault.js';
import { heirOn } from '../heir.js';
import { patiently } from '../patiently.js';
import { runGround, SHORT_LEASE, type RunGround } from '../run-ground.js';

/** 27: a server whose clock is wrong for seconds, and a worker that dies with leases of that time. */
export const CLOCK_AHEAD: Fault = {
  id: '27',
  what: 'the database’s clock days ahead for seconds, then back; a worker killed meanwhile',
  promise: 'invariants 1, 2 and 5: no night is recorded before its time, the chunk is taken over, cancel ends the run',
  lacks: () => {
    const programs = findPostgresPrograms();
    return Promise.resolve('missing' in programs ? programs.missing : clockLibrary() === undefined ? NO_CLOCK : undefined);
  },
  open: () => {
    const programs = findPostgresPrograms();
    if ('missing' in programs) throw new Error(programs.missing);
    return onClock(programs.bin, fakeClock());
  },
};

async function onClock(bin: string, clock: FakeClock): Promise<Scene> {
  const resources = new Resources();
  resources.use(clock);
  const cluster = resources.use(await startOwnCluster(bin, clock.environment));
  const url = cluster.createDatabase('ibsafe');
  await migrate(url, { ibsafeTables: true });
  const ground = await runGround({ database: await fillWithPatients({ url, drop: () => Promise.resolve() }, 10) }); // a chunk each
  resources.use({ [Symbol.asyncDispose]: () => ground.resources.end() });
  resources.use(await startTestService(ground.database, { role: 'scheduler' }));
  for (const policy of ['SKIP', 'LATEST', 'ALL']) {
    const input = { name: policy, frequency: 'DAILY', hour: 4, minute: 0, catchUp: { policy, windowHours: 720 } };
    await createScheduleFrom(ground.deps, { input, actor: 'test' });
  }
  return sceneOf(resources, async (draws) => {
    const orders = { chunkSize: 100, dryRun: false };
    clock.ahead(draws.between(2, 9));
    // Lanes enough for the runs of the slots of the future as well.
    const doomed = ground.resources.use(await startServiceProcess(ground.database, 'worker', { ...SHORT_LEASE, WORKER_LANES: '16' }));
    const hold = await ground.hold(draws.pick(['READING', 'WRITING']));
    const taken = await ground.begin(orders);
    const cancelled = await ground.beginBeside({ ...orders, recordDate: addDays(RECORD_DATE, -1) });
    await patiently(async () => (await claimed(ground.database, [taken, cancelled])) === 2);
    await patiently(async () => (await ahead(ground.database)) >= 3);
    const bites = await ahead(ground.database);
    doomed.child.kill('SIGKILL');
    await doomed.ended;
    await hold.release();
    clock.ahead(0);
    const since = performance.now();
    await cancelRun(ground.deps, cancelled, {}, 'test');
    const heir = await heirOn(ground);
    for (const runId of [taken, cancelled]) await ground.ended(runId);
    await patiently(async () => (await ahead(ground.database)) === 0);
    heir.child.kill('SIGTERM');
    await heir.ended;
    const verdict = await ground.verdict(taken, { bites, since });
    return { ...verdict, broken: [...verdict.broken, ...(await othersOf(ground, cancelled))] };
  });
}

/** Runs of these that a lane is at. */
async function claimed(database: PatientsDatabase, runIds: readonly string[]): Promise<number> {
  const text = 'select count(distinct run_id)::int from batch.chunk_work where run_id = any($1) and lease_until is not null';
  return (await database.column<number>(text, [runIds]))[0] ?? 0;
}

/** Entries of the ledger that speak of slots which are still to come by the machine's own clock. */
async function ahead(database: PatientsDatabase): Promise<number> {
  const text = 'select count(*)::int from batch.slot where coalesce(through, slot) > $1';
  return (await database.column<number>(text, [new Date(Date.now() + 60_000)]))[0] ?? -1;
}

/** What is wrong with the run that was told to end, with the runs of slots of the future, and with the account of slots. */
async function othersOf({ database }: RunGround, cancelled: string): Promise<string[]> {
  const [status] = await database.column<string>('select status from batch.run_view where run_id = $1', [cancelled]);
  const left = await database.column<string>(
    `select run_id from batch.run_view where trigger = 'SCHEDULE' and slot > $1 and ended_at is null and cancel_requested_at is null`,
    [new Date()],
  );
  return [
    ...(status === 'CANCELLED' ? [] : [`the run that was told to end is ${status}`]),
    ...left.map((runId) => `run ${runId} of a slot that is still to come goes on`),
    ...(await faultsOf(database, cancelled)),
    ...(await checkSlots(database.pool)).map(({ slot, fault }) => `slot ${slot}: ${fault}`),
  ];
}
