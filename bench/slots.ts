import { setTimeout as sleep } from 'node:timers/promises';
import { createScheduleFrom } from '../src/application/schedules/edit-schedules.js';
import { readConfig } from '../src/config/config.js';
import { startService } from '../src/runtime/service.js';
import { quantile } from './load.js';

const SCHEDULES = 5;
const MINUTES = 4;

/** Latencies of some slots, in ms. */
export interface SlotFigures {
  readonly samples: number;
  readonly p50: number;
  readonly p99: number;
}

/**
 * From the due instant of a slot to the first outcome of its run, in ms: every minute, several schedules of one program at once. Runs of one program and date take turns, so
 * the first of each minute is told apart: it waits for no other.
 */
export async function slotLatency(url: string): Promise<{ first: SlotFigures; all: SlotFigures }> {
  const silent = { debug: () => undefined, info: () => undefined, warn: console.error, error: console.error };
  const service = await startService(readConfig({ PORT: '0', LOG_LEVEL: 'warn' }), { url, role: 'all', logger: silent });
  try {
    for (let n = 0; n < SCHEDULES; n += 1) {
      await createScheduleFrom(service.core.deps, { input: { name: `bench ${n}`, frequency: 'CRON', cron: '* * * * *' }, actor: 'bench' });
    }
    const slots = await firstOutcomes(service.core.pool);
    const firstOf = new Map<string, number>();
    for (const { at, ms } of slots) firstOf.set(at, Math.min(ms, firstOf.get(at) ?? ms));
    return { first: figuresOf([...firstOf.values()]), all: figuresOf(slots.map(({ ms }) => ms)) };
  } finally {
    await service.stop();
  }
}

function figuresOf(latencies: readonly number[]): SlotFigures {
  const ascending = latencies.toSorted((a, b) => a - b);
  return { samples: ascending.length, p50: quantile(ascending, 0.5), p99: quantile(ascending, 0.99) };
}

const FIRST = `select s.slot::text as at, extract(epoch from min(e.recorded_at) - s.slot) * 1000 as ms from batch.slot s
  join batch.event e on e.run_id = s.run_id and e.user_id is not null where s.fired group by s.schedule_id, s.slot`;

interface Pool {
  query(text: string): Promise<{ rows: { at: string; ms: string }[] }>;
}

async function firstOutcomes(pool: Pool): Promise<{ at: string; ms: number }[]> {
  const until = performance.now() + (MINUTES + 1) * 60_000;
  for (;;) {
    const { rows } = await pool.query(FIRST);
    if (rows.length >= SCHEDULES * MINUTES || performance.now() > until) return rows.map(({ at, ms }) => ({ at, ms: Number(ms) }));
    await sleep(500);
  }
}
