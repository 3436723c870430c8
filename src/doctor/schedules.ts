import type { Pool } from 'pg';
import { asTyped } from '../base/as-typed.js';
import type { Config } from '../config/config.js';
import { isSettledAhead, type Schedule } from '../domain/schedule/schedule.js';
import { nextSlots } from '../domain/slots/slots.js';
import { PostgresScheduleStore } from '../store/schedule-store.js';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** Slots of each schedule that are compared with the other's: the sparser of the two shows the next times that they share. */
const COMPARED = 3;

/** Whether the batch runs by itself, each night once, and has what its schedules ask for. */
export async function judgeSchedules(config: Config, pool: Pool): Promise<CheckResult> {
  const schedules = await new PostgresScheduleStore(pool).all();
  const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
  const now = rows[0]?.now ?? new Date();
  const active = schedules.filter(({ status }) => status === 'ACTIVE');
  return (
    noneActive(active, schedules.length) ??
    ahead(active, now) ??
    notRunnable(active, config) ??
    twice(active, now) ??
    ok(tell('SCHEDULES_ACTIVE', { count: active.length }))
  );
}

function noneActive(active: readonly Schedule[], all: number): CheckResult | undefined {
  if (active.length > 0) return undefined;
  const advice =
    all === 0
      ? tell('MAKE_DEFAULT_SCHEDULE', { command: asTyped('schedule init'), other: asTyped('schedule import') })
      : tell('RESUME_SCHEDULE', { list: asTyped('schedule list'), command: `${asTyped('schedule resume')} <id>` });
  return warning(tell('SCHEDULES_NONE_ACTIVE', { count: all }), advice);
}

function ahead(active: readonly Schedule[], now: Date): CheckResult | undefined {
  const settled = active.filter((schedule) => isSettledAhead(schedule, now));
  if (settled.length === 0) return undefined;
  return warning(tell('SLOTS_AHEAD', { count: settled.length }), tell('SET_DATABASE_CLOCK'));
}

function notRunnable(active: readonly Schedule[], { LLM_BASE_URL, GENERATOR }: Config): CheckResult | undefined {
  if (LLM_BASE_URL !== undefined) return undefined;
  const asking = active.find(({ settings }) => (settings.generator ?? GENERATOR) === 'LLM');
  if (asking === undefined) return undefined;
  return warning(tell('SCHEDULE_WITHOUT_MODEL', { schedule: asking.scheduleId }), tell('SET_MODEL'));
}

function twice(active: readonly Schedule[], now: Date): CheckResult | undefined {
  for (const [at, one] of active.entries())
    for (const other of active.slice(at + 1)) {
      const slot = one.settings.program === other.settings.program ? sharedSlot(one, other, now) : undefined;
      if (slot === undefined) continue;
      return warning(
        tell('SCHEDULES_MEET', {
          one: one.scheduleId,
          other: other.scheduleId,
          slot: slot.toISOString(),
          program: one.settings.program,
        }),
        tell('KEEP_ONE', { command: `${asTyped('schedule delete')} ${other.scheduleId}` }),
      );
    }
  return undefined;
}

function sharedSlot(one: Schedule, other: Schedule, now: Date): Date | undefined {
  return (
    nextSlots(one.settings, now, COMPARED).find((slot) => isSlotOf(other, slot)) ??
    nextSlots(other.settings, now, COMPARED).find((slot) => isSlotOf(one, slot))
  );
}

function isSlotOf({ settings }: Schedule, slot: Date): boolean {
  return nextSlots(settings, new Date(slot.getTime() - 1), 1)[0]?.getTime() === slot.getTime();
}
