import { setTimeout as delay } from 'node:timers/promises';
import { cancelRun } from '../../src/application/run/cancel-run.js';
import { readConfig } from '../../src/config/config.js';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { startService } from '../../src/runtime/service.js';
import { startBenchWorker } from '../bench-worker.js';
import { reset, withClient } from '../sql-limit.js';
import { whole, type Bench } from './bench-mode.js';

const LANES = 2;
/** Parts of the roster that have an outcome when the order comes. */
const MOMENTS = [0.1, 0.4, 0.7];
const POLL_MS = 10;

const REACHED = `select run_id from batch.run_view r where ended_at is null and planned_at is not null
  and (select sum(generated + skipped + failed) from batch.chunk_view v where v.run_id = r.run_id) >= r.roster * $1::float8`;

// Read after the end, in the order of the log.
const ENDED = `with told as (select xid, position, recorded_at from batch.event where run_id = $1 and type = 'RunCancelRequested')
  select r.status, (extract(epoch from r.ended_at - told.recorded_at) * 1000)::float8 as "stopMs",
    (select count(*)::int from batch.event e where e.run_id = $1 and e.user_id is not null and e.type <> 'UserCancelled'
      and (e.xid, e.position) > (told.xid, told.position)) as late,
    (select count(*)::int from batch.event e where e.run_id = $1 and e.type = 'UserCancelled') as cancelled
  from batch.run_view r, told where r.run_id = $1`;

interface Ended {
  readonly status: string;
  /** ms from the order to the run's end. */
  readonly stopMs: number;
  /** Outcomes but `cancelled` behind the order. */
  readonly late: number;
  readonly cancelled: number;
}

/** Cancels runs that two processes work on, at several moments: what is written after the order, how soon the run ends, and whether the sums hold. */
export async function benchCancel({ users, say, add, keep }: Bench, url: string): Promise<void> {
  const silent = { debug: () => undefined, info: () => undefined, warn: console.error, error: console.error };
  const api = await startService(readConfig({ PORT: '0', LOG_LEVEL: 'warn' }), { url, role: 'api', logger: silent });
  const [first, second] = [await startBenchWorker(url, LANES), await startBenchWorker(url, LANES)];
  const found: Ended[] = [];
  // Nothing is taken away between them: the invariants hold of all three in the end, and who has advice by then is skipped.
  await reset(url);
  for (const moment of MOMENTS) {
    const running = first.run();
    const runId = await reached(url, moment);
    await cancelRun(api.core.deps, runId, { reason: 'a measurement' }, 'bench');
    await running;
    const ended = await withClient(url, async (client) => (await client.query<Ended>(ENDED, [runId])).rows[0] as Ended);
    say(
      `${ended.status}: ${whole(ended.cancelled)} cancelled, ${ended.late} other outcomes behind the order, over ${whole(ended.stopMs)} ms after it`,
    );
    found.push(ended);
  }
  await Promise.all([first.close(), second.close()]);
  const broken = (await checkInvariants(api.core.pool)).filter(({ ok }) => !ok);
  for (const { name, found: what } of broken) say(`BROKEN: ${name}: ${what}`);
  await api.stop();
  const runs = `${MOMENTS.length} runs of ${whole(users)} cancelled under two processes`;
  add([`${runs}: outcomes behind the order that are not cancelled`, whole(found.reduce((sum, { late }) => sum + late, 0)), '0']);
  add([`${runs}: invariants that do not hold`, whole(broken.length), '0']);
  add([`${runs}: from the order to the end, most`, `${whole(Math.max(...found.map(({ stopMs }) => stopMs)))} ms`, '']);
  keep({ cancel: { runs: found, broken } });
}

/** Waits until so much of the roster of the run that is under way has an outcome. @returns the run */
async function reached(url: string, share: number): Promise<string> {
  return withClient(url, async (client) => {
    for (;;) {
      const { rows } = await client.query<{ run_id: string }>(REACHED, [share]);
      if (rows[0] !== undefined) return rows[0].run_id;
      await delay(POLL_MS);
    }
  });
}
