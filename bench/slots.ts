import { setTimeout as sleep } from 'node:timers/promises';
import { createScheduleFrom } from '../src/application/schedules/edit-schedules.js';
import { readConfig } from '../src/config/config.js';
import { startService } from '../src/runtime/service.js';
import { quantile } from './load.js';

const SCHEDULES = 5;
const MINUTES = 2;

/** From the due instant of a slot to the first outcome of its run, in ms: every minute, several schedules at once, whose runs take turns. */
export async function slotLatency(url: string): Promise<{ samples: number; p50: number; p99: number }> {
  const silent = { debug: () => undefined, info: () => undefined, warn: console.error, error: console.error };
  const service = await startService(readConfig({ PORT: '0', LOG_LEVEL: 'warn' }), { url, role: 'all', logger: silent });
  try {
    for (let n = 0; n < SCHEDULES; n += 1) {
      await createScheduleFrom(service.core.deps, { input: { name: `bench ${n}`, frequency: 'CRON', cron: '* * * * *' }, actor: 'bench' });
    }
    const latencies = await firstOutcomes(service.core.pool);
    return { samples: latencies.length, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
  } finally {
    await service.stop();
  }
}

const FIRST = `select extract(epoch from min(e.recorded_at) - s.slot) * 1000 as ms from batch.slot s
  join batch.event e on e.run_id = s.run_id and e.user_id is not null where s.fired group by s.schedule_id, s.slot`;

interface Pool {
  query(text: string): Promise<{ rows: { ms: string }[] }>;
}

async function firstOutcomes(pool: Pool): Promise<number[]> {
  const until = performance.now() + (MINUTES + 1) * 60_000;
  for (;;) {
    const { rows } = await pool.query(FIRST);
    if (rows.length >= SCHEDULES * MINUTES || performance.now() > until) return rows.map(({ ms }) => Number(ms)).toSorted((a, b) => a - b);
    await sleep(500);
  }
}
