import type { GeneratorName, Tally } from '../outcome.js';
import { addDays, type LocalDate } from '../local-date.js';
import type { ProgramName } from '../program.js';
import { programOf } from '../programs/all-programs.js';
import { reject, type Rejection } from '../rejection.js';
import { keptReason, refuseReason } from '../operator-reason.js';
import type { OnExisting, RetrySelection, RunRequest, Trigger } from './run-events.js';
import { refuseWithoutReason, refuseWithoutSchedule, type MaybeWithoutSchedule } from './schedule-promise.js';

/** Most users a subset run takes: more is a run of all users. */
export const MAX_USER_IDS = 10_000;
/** Range of a chunk's size, in users. */
export const CHUNK_SIZE_RANGE = { least: 1, most: 10_000 } as const;

/** The program of an order that names none. */
export const USUAL_PROGRAM: ProgramName = 'daily';

/** An order to run the batch, as it comes from GraphQL, the CLI or a slot. What is left out is decided here. */
export interface RequestRun extends MaybeWithoutSchedule {
  readonly trigger: Trigger;
  readonly program?: ProgramName;
  /** Default: what the program's `recordDay` makes of today. */
  readonly recordDate?: LocalDate;
  readonly generator?: GeneratorName;
  readonly chunkSize?: number;
  readonly userIds?: readonly number[];
  readonly dryRun?: boolean;
  /** A dry run whose advice is compared with what is saved. */
  readonly shadow?: boolean;
  readonly onExisting?: OnExisting;
  readonly reason?: string;
  readonly scheduleId?: string;
  readonly slot?: string;
  readonly parentRunId?: string;
  /** Whom of the parent it covers. */
  readonly retry?: RetrySelection;
  readonly backfillId?: string;
  readonly waits?: boolean;
  readonly readyBy?: string;
}

/** What the decision needs to know of the world. */
export interface RequestFacts {
  readonly today: LocalDate;
  readonly activeSchedules: number;
  /** A run of the same program and record date that has not ended; dry runs do not count. */
  readonly activeRunId: string | undefined;
  /** Ids of `userIds` that no account has. */
  readonly unknownUserIds: readonly number[];
  /** For a retry: whether the parent has a user of the selection whose account is open, and what its outcomes were. */
  readonly retriable?: { readonly anybody: boolean; readonly tally: Tally };
  readonly defaults: { readonly generator: GeneratorName; readonly language: 'ko' | 'en' };
  readonly generators: readonly GeneratorName[];
  readonly programs: readonly ProgramName[];
}

/** Completes an order, or says why it is refused. The first problem found is the one told. */
export function decideRequest(order: RequestRun, facts: RequestFacts): RunRequest | Rejection {
  const refusal = refuseWorld(order, facts) ?? refuseInput(order, facts);
  if (refusal !== undefined) return refusal;
  const { scheduleId, slot, parentRunId, retry, backfillId, reason, waits, withoutSchedule, readyBy } = order;
  const links = {
    ...(scheduleId && { scheduleId }),
    ...(slot && { slot }),
    ...(parentRunId && { parentRunId }),
    ...(retry && { retry }),
    ...(backfillId && { backfillId }),
    ...keptReason(reason),
    ...(waits && { waits }),
    ...(withoutSchedule && { withoutSchedule: withoutSchedule.trim() }),
    ...(readyBy && { readyBy }),
  };
  return {
    program: order.program ?? USUAL_PROGRAM,
    recordDate: recordDateOf(order, facts.today),
    trigger: order.trigger,
    generator: order.generator ?? facts.defaults.generator,
    language: facts.defaults.language,
    dryRun: isDry(order),
    ...(order.shadow === true && { shadow: true }),
    onExisting: order.onExisting ?? 'SKIP',
    ...(order.chunkSize !== undefined && { chunkSize: order.chunkSize }),
    ...(order.userIds && { userIds: [...new Set(order.userIds)].toSorted((a, b) => a - b) }),
    ...links,
  };
}

/** The day whose records an order reads: its own, or what its program makes of today. */
export function recordDateOf(
  { recordDate, program = USUAL_PROGRAM }: Pick<RequestRun, 'recordDate' | 'program'>,
  today: LocalDate,
): LocalDate {
  return recordDate ?? (programOf(program).recordDay === 'SAME_DAY' ? today : addDays(today, -1));
}

/** A shadow run is dry, whatever else it is told: it must not replace what it compares with. */
function isDry({ dryRun = false, shadow = false }: RequestRun): boolean {
  return dryRun || shadow;
}

function refuseWorld(order: RequestRun, facts: RequestFacts): Rejection | undefined {
  if (isDry(order)) return undefined; // it only judges: it neither needs a schedule nor keeps another run waiting
  const refusal = refuseWithoutSchedule(order, facts.activeSchedules);
  if (refusal !== undefined) return refusal;
  if (facts.activeRunId !== undefined) {
    const date = recordDateOf(order, facts.today);
    return reject(
      'RUN_ALREADY_ACTIVE',
      `A run for ${date} is already active (${facts.activeRunId}). Follow it, or wait until it has ended.`,
      facts.activeRunId,
    );
  }
  return undefined;
}

function refuseInput(order: RequestRun, facts: RequestFacts): Rejection | undefined {
  return refuseDate(order, facts) ?? refuseUsers(order, facts) ?? refuseOptions(order, facts) ?? refuseEmptyRetry(order, facts);
}

function refuseDate({ recordDate }: RequestRun, { today }: RequestFacts): Rejection | undefined {
  if (recordDate === undefined) return undefined;
  if (recordDate > today) {
    return reject('DATE_IN_FUTURE', `The record date must be ${today} or earlier, found ${recordDate}. Choose a day that has records.`);
  }
  if (recordDate < '2000-01-01') {
    return reject('DATE_TOO_OLD', `The record date must be 2000-01-01 or later, found ${recordDate}. Choose a day that has records.`);
  }
  return undefined;
}

function refuseUsers({ userIds }: RequestRun, { unknownUserIds }: RequestFacts): Rejection | undefined {
  if (userIds === undefined) return undefined;
  if (userIds.length === 0) {
    return reject('EMPTY_USER_IDS', 'userIds must name at least one user, found none. Leave it out to run for all users.');
  }
  if (userIds.length > MAX_USER_IDS) {
    const found = `found ${userIds.length}`;
    return reject('TOO_MANY_USER_IDS', `userIds takes at most ${MAX_USER_IDS} users, ${found}. Leave it out to run for all users.`);
  }
  if (unknownUserIds.length > 0) {
    const named = unknownUserIds.slice(0, 10).join(', ') + (unknownUserIds.length > 10 ? ' …' : '');
    return reject('UNKNOWN_USERS', `Every id of userIds must be an active, non-staff account; these are not: ${named}. Remove them.`);
  }
  return undefined;
}

function refuseOptions(order: RequestRun, facts: RequestFacts): Rejection | undefined {
  const { chunkSize, generator, program, reason } = order;
  if (
    chunkSize !== undefined &&
    !(Number.isInteger(chunkSize) && chunkSize >= CHUNK_SIZE_RANGE.least && chunkSize <= CHUNK_SIZE_RANGE.most)
  ) {
    return reject('CHUNK_SIZE_OUT_OF_RANGE', `chunkSize must be a whole number from 1 to 10000, found ${chunkSize}.`);
  }
  if (generator !== undefined && !facts.generators.includes(generator)) {
    return reject('GENERATOR_NOT_AVAILABLE', `Generator ${generator} is not configured here. Available: ${facts.generators.join(', ')}.`);
  }
  if (program !== undefined && !facts.programs.includes(program)) {
    return reject('PROGRAM_NOT_AVAILABLE', `Program ${program} is not available here. Available: ${facts.programs.join(', ')}.`);
  }
  return refuseReason(reason) ?? refuseWithoutReason(order);
}

function refuseEmptyRetry({ retry, parentRunId }: RequestRun, { retriable }: RequestFacts): Rejection | undefined {
  if (retriable === undefined || retriable.anybody) return undefined;
  const { generated, skipped, failed, cancelled, reasons } = retriable.tally;
  const codes = Object.entries(reasons).map(([code, users]) => `${code} ${users}`);
  const sums = `generated ${generated}, skipped ${skipped}, failed ${failed}, cancelled ${cancelled}`;
  const found = codes.length === 0 ? sums : `${sums}; ${codes.join(', ')}`;
  const wanted = [...(retry?.outcomes ?? []), ...(retry?.reasons ?? [])].join(', ');
  const message = `Expected users with an open account among those of ${wanted}, found none. The run's outcomes: ${found}. Choose others.`;
  return reject('NOTHING_TO_RETRY', message, parentRunId);
}
