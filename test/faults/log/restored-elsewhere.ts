import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../../src/migrations/migrate.js';
import { runToEnd } from '../../support/batch-client.js';
import { findPostgresPrograms, startOwnCluster } from '../../support/own-cluster.js';
import { fillWithPatients, openPatients, RECORD_DATE, type PatientsDatabase } from '../../support/patients-database.js';
import { Resources } from '../../support/resources.js';
import { followEvents } from '../../support/run-events-client.js';
import { faultsOf, usersLostAndDoubled } from '../../support/run-faults.js';
import { startTestService } from '../../support/test-service.js';
import { addDays } from '../../../src/domain/local-date.js';
import { sceneOf, type Fault, type Scene, type SeedVerdict } from '../fault.js';
import type { Draws } from '../draws.js';

/** 28: the new cluster counts its transactions from the beginning, and the events that were brought along have ids that it has not handed out. */
export const RESTORED_ELSEWHERE: Fault = {
  id: '28',
  what: 'dump and restore into a new cluster after many transactions',
  promise: 'the history is readable in order, followers of runs before and after it end, no false alarm; invariants 1 to 4',
  lacks: () => {
    const programs = findPostgresPrograms();
    return Promise.resolve('missing' in programs ? programs.missing : undefined);
  },
  open: () => {
    const programs = findPostgresPrograms();
    if ('missing' in programs) throw new Error(programs.missing);
    return moving(programs.bin);
  },
};

async function moving(bin: string): Promise<Scene> {
  const resources = new Resources();
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-moved-'));
  resources.use({ [Symbol.asyncDispose]: () => Promise.resolve(rmSync(folder, { recursive: true })) });
  const first = resources.use(await startOwnCluster(bin));
  const url = first.createDatabase('ibsafe');
  await migrate(url, { ibsafeTables: true });
  const home = resources.use(await fillWithPatients({ url, drop: () => Promise.resolve() }, 60));
  return sceneOf(resources, async (draws) => {
    await home.rows(`do $$ begin for n in 1..${draws.between(2_000, 20_000)} loop perform pg_current_xact_id(); commit; end loop; end $$`);
    const before = await written(home, draws);
    const dump = join(folder, 'dump');
    first.run('pg_dump', '-Fc', '-f', dump, url);
    await using next = await startOwnCluster(bin);
    const there = next.createDatabase('ibsafe');
    next.run('pg_restore', '--no-owner', '-d', there, dump);
    await using moved = openPatients({ url: there, drop: () => Promise.resolve() });
    return await examined(moved, before, draws); // before the cluster goes
  });
}

/** A run, and what its follower was shown. */
interface Written {
  readonly runId: string;
  readonly seen: readonly string[];
}

async function written(database: PatientsDatabase, draws: Draws): Promise<Written> {
  await using service = await startTestService(database);
  const input = { chunkSize: draws.between(5, 20), onExisting: 'REGENERATE', recordDate: addDays(RECORD_DATE, -draws.below(3)) };
  const { runId } = await runToEnd(service.url, input);
  return { runId, seen: await shown(service.url, runId) };
}

async function examined(moved: PatientsDatabase, before: Written, draws: Draws): Promise<SeedVerdict> {
  const [bites] = await moved.column<number>('select count(*)::int from batch.event where xid >= pg_snapshot_xmax(pg_current_snapshot())');
  const since = performance.now();
  const broken: string[] = [];
  await using service = await startTestService(moved);
  const again = await shown(service.url, before.runId);
  if (again.join() !== before.seen.join())
    broken.push(`of ${before.seen.length} events a follower is shown ${again.length}, or in another order`);
  const after = await written(moved, draws);
  const recoveryMs = Math.round(performance.now() - since);
  if (after.seen.length === 0) broken.push('of the run that was made there a follower is shown nothing');
  const [early] = await moved.column<number>(EARLY, [after.runId]);
  if (early !== 0) broken.push(`${early} events of before come after those that were written there`);
  const { alarm } = await service.core.lag.look();
  if (alarm) broken.push('the alarm of the log is on');
  for (const { runId } of [before, after]) broken.push(...(await faultsOf(moved, runId)));
  return { bites: bites ?? 0, ...(await usersLostAndDoubled(moved, after.runId)), broken, recoveryMs };
}

const EARLY = `select count(*)::int from batch.event e where e.position < (select min(position) from batch.event where run_id = $1)
  and (e.xid, e.position) > (select xid, position from batch.event where run_id = $1 order by xid, position limit 1)`;

async function shown(url: string, runId: string): Promise<string[]> {
  const seen: string[] = [];
  for await (const { stream, version } of followEvents(url, runId, { withOutcomes: true })) seen.push(`${stream} ${version}`);
  return seen;
}
