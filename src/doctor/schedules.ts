import type { Pool } from 'pg';
import { asTyped } from '../as-typed.js';
import type { Config } from '../config.js';
import { isSettledAhead, type Schedule } from '../domain/schedule/schedule.js';
import { nextSlots } from '../domain/slots/slots.js';
import { PostgresScheduleStore } from '../store/schedule-store.js';
import { ok, warning, type Verdict } from './finding.js';

/** Slots of each schedule that are compared with the other's: the sparser of the two shows the next times that they share. */
const COMPARED = 3;

/** Whether the batch runs by itself, each night once, and has what its schedules ask for. */
export async function judgeSchedules(config: Config, pool: Pool): Promise<Verdict> {
  const schedules = await new PostgresScheduleStore(pool).all();
  const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
  const now = rows[0]?.now ?? new Date();
  const active = schedules.filter(({ status }) => status === 'ACTIVE');
  return (
    noneActive(active, schedules.length) ??
    ahead(active, now) ??
    notRunnable(active, config) ??
    twice(active, now) ??
    ok(`${active.length} active`)
  );
}

function noneActive(active: readonly Schedule[], all: number): Verdict | undefined {
  if (active.length > 0) return undefined;
  const advice =
    all === 0
      ? `Make the default one: ${asTyped('schedule init')}`
      : `Resume one (${asTyped('schedule list')} has their ids): ${asTyped('schedule resume')} <id>`;
  return warning(`none of ${all} schedules is active: nothing runs by itself, and a run that is asked for is refused`, advice);
}

function ahead(active: readonly Schedule[], now: Date): Verdict | undefined {
  const settled = active.filter((schedule) => isSettledAhead(schedule, now));
  if (settled.length === 0) return undefined;
  const found = `slots of ${settled.length} schedules are recorded that are still to come: the database's clock was ahead, or is behind now`;
  return warning(
    found,
    'Set the clock of the database right (timedatectl set-ntp true). A scheduler gives the slots back within a second, and says so.',
  );
}

function notRunnable(active: readonly Schedule[], { LLM_BASE_URL, GENERATOR }: Config): Verdict | undefined {
  if (LLM_BASE_URL !== undefined) return undefined;
  const asking = active.find(({ settings }) => (settings.generator ?? GENERATOR) === 'LLM');
  if (asking === undefined) return undefined;
  return warning(
    `schedule ${asking.scheduleId} asks for a language model, and none is set here: its slots would be skipped (NOT_RUNNABLE)`,
    'Set LLM_BASE_URL and LLM_MODEL, or let the schedule take the rules.',
  );
}

function twice(active: readonly Schedule[], now: Date): Verdict | undefined {
  for (const [at, one] of active.entries())
    for (const other of active.slice(at + 1)) {
      const slot = one.settings.program === other.settings.program ? sharedSlot(one, other, now) : undefined;
      if (slot === undefined) continue;
      return warning(
        `schedules ${one.scheduleId} and ${other.scheduleId} both come due at ${slot.toISOString()} for the program ${one.settings.program}: one run writes the advice, and the other finds it there`,
        `Keep one of them: ${asTyped('schedule delete')} ${other.scheduleId}`,
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
