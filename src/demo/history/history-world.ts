import { requestBackfill } from '../../application/backfills/request-backfill.js';
import { runLane } from '../../application/chunk/run-lane.js';
import type { Deps } from '../../application/ports.js';
import { cancelRunBecause } from '../../application/run/order-run.js';
import { resumeRun, resumeServed } from '../../application/run/pause-run.js';
import { planRun } from '../../application/run/plan-run.js';
import { requestRun } from '../../application/run/request-run.js';
import { retryRun } from '../../application/run/retry-run.js';
import {
  changeScheduleBy,
  createScheduleFrom,
  pauseScheduleBecause,
  resumeScheduleNow,
} from '../../application/schedules/edit-schedules.js';
import { fireDueSlots } from '../../application/schedules/fire-due-slots.js';
import type { LocalDate } from '../../domain/local-date.js';
import { isRejection, type Rejection } from '../../domain/rejection.js';
import type { RequestRun } from '../../domain/run/decide-request.js';
import type { ScheduleInput } from '../../domain/schedule/parse-schedule-input.js';
import type { HistoryQueue } from './history-queue.js';

/** Actors of the story, as the log names them: invented. */
const OPERATORS = { lee: 'operator-lee', park: 'operator-park' } as const;

/** The service as the story uses it: its own use cases, one after another, and the work that they ask for done at once. */
export class HistoryWorld {
  private readonly schedules: string[] = [];
  /** The run of the main schedule for a record date, or what an operator asked for instead. */
  private readonly runs = new Map<LocalDate, string>();
  private readonly never = new AbortController().signal;

  constructor(
    private readonly deps: Deps,
    private readonly queue: HistoryQueue,
  ) {}

  /** Rings for every schedule, and does the work of the slots that were due. */
  async wake(): Promise<void> {
    for (const scheduleId of this.schedules) {
      for (const runId of await fireDueSlots(this.deps, scheduleId)) await this.remember(runId);
    }
    await this.work();
  }

  async createSchedule(input: ScheduleInput): Promise<void> {
    const { scheduleId } = accepted(await createScheduleFrom(this.deps, { input, actor: OPERATORS.lee }));
    this.schedules.push(scheduleId);
  }

  /** Changes the main schedule. */
  async changeSchedule(input: ScheduleInput): Promise<void> {
    accepted(await changeScheduleBy(this.deps, { scheduleId: this.main, actor: OPERATORS.lee }, input));
  }

  async pauseSchedule(reason: string): Promise<void> {
    accepted(await pauseScheduleBecause(this.deps, { scheduleId: this.main, actor: OPERATORS.park }, reason));
  }

  async resumeSchedule(): Promise<void> {
    accepted(await resumeScheduleNow(this.deps, { scheduleId: this.main, actor: OPERATORS.park }));
  }

  /** Asks for a run by hand. */
  async run(order: Omit<RequestRun, 'trigger'> & { readonly recordDate: LocalDate }): Promise<void> {
    this.runs.set(order.recordDate, await this.ask({ trigger: 'MANUAL', ...order }));
    await this.work();
  }

  /** Asks for a run by hand and cancels it once a few of its chunks are done. */
  async runAndCancel(order: Omit<RequestRun, 'trigger'>, reason: string): Promise<void> {
    const runId = await this.ask({ trigger: 'MANUAL', ...order });
    await planRun(this.deps, runId);
    const stopping = new AbortController();
    this.queue.whenNotified(() => stopping.abort());
    await runLane(this.deps, runId, stopping.signal);
    unlessTooSmall(await cancelRunBecause(this.deps, runId, reason, OPERATORS.park));
    await this.work();
  }

  /** Resumes the run of a record date by hand. */
  async resume(recordDate: LocalDate): Promise<void> {
    unlessTooSmall(await resumeRun(this.deps, this.runOf(recordDate), OPERATORS.lee));
    await this.work();
  }

  /** What the sweep does for runs that wait for their generator. */
  async sweep(): Promise<void> {
    await resumeServed(this.deps, this.never);
    await this.work();
  }

  /** Repeats the failed users of a record date's run. */
  async retry(recordDate: LocalDate, reason: string): Promise<void> {
    unlessTooSmall(await retryRun(this.deps, this.runOf(recordDate), { reason }, { actor: OPERATORS.lee }));
    await this.work();
  }

  async backfill(from: LocalDate, to: LocalDate, reason: string): Promise<void> {
    accepted(await requestBackfill(this.deps, { from, to, reason }, { actor: OPERATORS.park }));
    await this.work();
  }

  private get main(): string {
    return this.schedules[0] ?? missing('schedule');
  }

  private runOf(recordDate: LocalDate): string {
    return this.runs.get(recordDate) ?? missing(`run for ${recordDate}`);
  }

  private async remember(runId: string): Promise<void> {
    const run = (await this.deps.runs.find(runId))?.run;
    if (run?.request.scheduleId === this.main) this.runs.set(run.request.recordDate as LocalDate, runId);
  }

  private async ask(order: RequestRun): Promise<string> {
    const answer = accepted(await requestRun(this.deps, order, { actor: OPERATORS.lee }));
    return answer.run.runId;
  }

  /** Does what the use cases have asked workers for, until nothing is left. */
  private async work(): Promise<void> {
    for (let job = this.queue.next(); job !== undefined; job = this.queue.next()) {
      if (job.kind === 'PLAN') await planRun(this.deps, job.runId);
      else await runLane(this.deps, job.runId, this.never);
    }
  }
}

/** What was asked for; the story expects no refusal. @throws where it was refused */
function accepted<Answer extends object>(answer: Answer): Exclude<Answer, { readonly status: 'rejected' }> {
  if (isRejection(answer)) throw new Error(`the demo's history was refused: ${JSON.stringify(answer)}`);
  return answer as Exclude<Answer, { readonly status: 'rejected' }>;
}

/** With a handful of patients a night may end before it can be paused or cancelled, or have no failed user: then that is left out of the story. */
function unlessTooSmall(answer: object | Rejection): void {
  if (!isRejection(answer) || !TOO_SMALL.has(answer.code)) accepted(answer);
}

const TOO_SMALL: ReadonlySet<string> = new Set<Rejection['code']>(['RUN_ALREADY_ENDED', 'NOTHING_TO_RETRY']);

function missing(what: string): never {
  throw new Error(`the demo's history has no ${what}`);
}
