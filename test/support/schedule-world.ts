import { isRejection } from '../../src/domain/rejection.js';
import type pg from 'pg';
import type { Deps } from '../../src/application/ports.js';
import { planRun } from '../../src/application/run/plan-run.js';
import { createScheduleFrom, type ScheduleAnswer } from '../../src/application/schedules/edit-schedules.js';
import { fireDueSlots } from '../../src/application/schedules/fire-due-slots.js';
import { transactionOn } from '../../src/runtime/transaction.js';
import type { ScheduleInput } from '../../src/domain/schedule/parse-schedule-input.js';
import type { Schedule } from '../../src/domain/schedule/schedule.js';
import { checkSlots } from '../../src/doctor/slots-invariant.js';
import { createTestBatch } from './batch-fixture.js';

/** The real schedule engine on a database of its own, at a moment that the test moves. Runs have no users: planning one ends it. */
export interface ScheduleWorld extends AsyncDisposable {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly deps: Deps;
  /** The moment that transactions read as the database's. It stands still until moved. */
  moveTo(time: string): void;
  /** How far the clock of this node is from the database's, in ms. */
  skewNode(ms: number): void;
  /** Creates a schedule, daily at 09:00 in Seoul but for what `input` says. @returns its id */
  create(input?: ScheduleInput): Promise<string>;
  /** What every wake-up does. @returns the runs that were made */
  wake(scheduleId: string): Promise<readonly string[]>;
  /** What became of each slot, in their order: `2026-03-01T00:00Z fired`, `… fired late`, `… OVERLAP`, `… to … 1440 TOO_MANY`. */
  ledger(scheduleId: string): Promise<string[]>;
  /** Lets a worker plan a run. @returns its status after that; REQUESTED while it waits for another */
  plan(runId: string): Promise<string>;
}

/** Makes one whose time is `at`. Closing it checks invariant 5 over everything the test did. @throws on closing, when a slot was lost or doubled */
export async function createScheduleWorld(at: string): Promise<ScheduleWorld> {
  const batch = await createTestBatch({ users: 0 });
  let [now, skewMs] = [new Date(at), 0];
  const transaction = transactionOn(batch.pool, () => Promise.resolve(now));
  const deps: Deps = { ...batch.deps, transaction, clock: () => new Date(now.getTime() + skewMs) };
  const lines = async (text: string, scheduleId: string): Promise<string[]> =>
    (await batch.pool.query<{ line: string }>(text, [scheduleId])).rows.map(({ line }) => line);
  return {
    url: batch.url,
    pool: batch.pool,
    deps,
    moveTo: (time) => void (now = new Date(time)),
    skewNode: (ms) => void (skewMs = ms),
    create: async (input = {}) =>
      scheduleOf(await createScheduleFrom(deps, { input: { ...DAILY_AT_NINE, ...input }, actor: 'test' })).scheduleId,
    wake: (scheduleId) => fireDueSlots(deps, scheduleId),
    ledger: (scheduleId) => lines(LEDGER, scheduleId),
    async plan(runId) {
      await planRun(deps, runId);
      return (await lines('select status as line from batch.run_view where run_id = $1', runId))[0] ?? 'none';
    },
    async [Symbol.asyncDispose]() {
      const faults = await checkSlots(batch.pool);
      await batch.close();
      if (faults.length > 0) throw new Error(`invariant 5 is broken: ${JSON.stringify(faults)}`);
    },
  };
}

const DAILY_AT_NINE: ScheduleInput = { name: 'test', frequency: 'DAILY', hour: 9, minute: 0, timeZone: 'Asia/Seoul' };

const iso = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI"Z"')`;
const LEDGER = `select concat_ws(' ', ${iso('slot')}, 'to ' || ${iso('through')}, count, case when fired then 'fired' else reason end,
    case when fired and misfire then 'late' end) as line
  from batch.slot where schedule_id = $1 order by slot`;

/** The schedule of a command that was accepted. @throws what was refused */
export function scheduleOf(answer: ScheduleAnswer): Schedule {
  if (isRejection(answer)) throw new Error(`refused: ${answer.code}: ${answer.message}`);
  return answer;
}
