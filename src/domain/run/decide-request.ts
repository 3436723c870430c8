import type { GeneratorName, Tally } from '../outcome.js';
import { addDays, type LocalDate } from '../local-date.js';
import type { ProgramName } from '../program.js';
import { programOf } from '../programs/all-programs.js';
import { because } from '../refusals.js';
import { reject, type Rejection } from '../rejection.js';
import { keptReason, refuseReason } from '../operator-reason.js';
import type { AskMode } from './ask-mode.js';
import type { OnExisting, RetrySelection, RunRequest, Trigger } from './run-events.js';
import { refuseWithoutReason, refuseWithoutSchedule, type MaybeWithoutSchedule } from './schedule-promise.js';

/** Most users a subset run takes: more is a run of all users. */
export const MAX_USER_IDS = 10_000;
/** Range of a chunk's size, in users. */
export const CHUNK_SIZE_RANGE = { least: 1, most: 10_000 } as const;

/** The first record date that can be asked for. */
export const OLDEST_DATE = '2000-01-01';

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
  readonly recallId?: string;
  readonly waits?: boolean;
  readonly readyBy?: string;
  /** How it asks a language model. */
  readonly mode?: AskMode;
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
  readonly defaults: { readonly generator: GeneratorName; readonly language: 'ko' | 'en'; readonly mode: AskMode };
  readonly generators: readonly GeneratorName[];
  readonly programs: readonly ProgramName[];
}

/** Completes an order, or says why it is refused. The first problem found is the one told. */
export function decideRequest(order: RequestRun, facts: RequestFacts): RunRequest | Rejection {
  const refusal = refuseWorld(order, facts) ?? refuseInput(order, facts);
  if (refusal !== undefined) return refusal;
  const { scheduleId, slot, parentRunId, retry, backfillId, recallId, reason, waits, withoutSchedule, readyBy } = order;
  const links = {
    ...(scheduleId && { scheduleId }),
    ...(slot && { slot }),
    ...(parentRunId && { parentRunId }),
    ...(retry && { retry }),
    ...(backfillId && { backfillId }),
    ...(recallId && { recallId }),
    ...keptReason(reason),
    ...(waits && { waits }),
    ...(withoutSchedule && { withoutSchedule: withoutSchedule.trim() }),
    ...(readyBy && { readyBy }),
    ...modeOf(order, facts),
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

/** How a run asks, where it asks a model at all. What a recall replaces does not wait a day for it. */
function modeOf({ generator, mode, recallId }: RequestRun, { defaults }: RequestFacts): Pick<RunRequest, 'mode'> {
  if ((generator ?? defaults.generator) !== 'LLM') return {};
  return { mode: mode ?? (recallId === undefined ? defaults.mode : 'CALLS') };
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
    return reject('RUN_ALREADY_ACTIVE', because('RUN_ALREADY_ACTIVE', { date, run: facts.activeRunId }), facts.activeRunId);
  }
  return undefined;
}

function refuseInput(order: RequestRun, facts: RequestFacts): Rejection | undefined {
  return refuseDate(order, facts) ?? refuseUsers(order, facts) ?? refuseOptions(order, facts) ?? refuseEmptyRetry(order, facts);
}

function refuseDate({ recordDate }: RequestRun, { today }: RequestFacts): Rejection | undefined {
  if (recordDate === undefined) return undefined;
  if (recordDate > today) {
    return reject('DATE_IN_FUTURE', because('DATE_IN_FUTURE', { today, found: recordDate }));
  }
  if (recordDate < OLDEST_DATE) {
    return reject('DATE_TOO_OLD', because('DATE_TOO_OLD', { oldest: OLDEST_DATE, found: recordDate }));
  }
  return undefined;
}

function refuseUsers({ userIds }: RequestRun, { unknownUserIds }: RequestFacts): Rejection | undefined {
  if (userIds === undefined) return undefined;
  if (userIds.length === 0) {
    return reject('EMPTY_USER_IDS', because('EMPTY_USER_IDS'));
  }
  if (userIds.length > MAX_USER_IDS) {
    return reject('TOO_MANY_USER_IDS', because('TOO_MANY_USER_IDS', { most: MAX_USER_IDS, found: userIds.length }));
  }
  if (unknownUserIds.length > 0) {
    const users = unknownUserIds.slice(0, 10).join(', ') + (unknownUserIds.length > 10 ? ' …' : '');
    return reject('UNKNOWN_USERS', because('UNKNOWN_USERS', { users }));
  }
  return undefined;
}

function refuseOptions(order: RequestRun, facts: RequestFacts): Rejection | undefined {
  const { chunkSize, reason } = order;
  const { least, most } = CHUNK_SIZE_RANGE;
  if (chunkSize !== undefined && !(Number.isInteger(chunkSize) && chunkSize >= least && chunkSize <= most)) {
    return reject('CHUNK_SIZE_OUT_OF_RANGE', because('CHUNK_SIZE_OUT_OF_RANGE', { least, most, found: chunkSize }));
  }
  return refuseUnavailable(order, facts) ?? refuseMode(order, facts) ?? refuseReason(reason) ?? refuseWithoutReason(order);
}

/** What asks no model cannot ask it by batches. */
function refuseMode({ generator, mode }: RequestRun, { defaults }: RequestFacts): Rejection | undefined {
  const asked = generator ?? defaults.generator;
  return mode === 'BATCH' && asked !== 'LLM'
    ? reject('MODE_NOT_AVAILABLE', because('MODE_NOT_AVAILABLE', { generator: asked }))
    : undefined;
}

/** Why an order cannot have its generator or its program here; undefined where it can. */
export function refuseUnavailable(
  { generator, program }: Pick<RequestRun, 'generator' | 'program'>,
  { generators, programs }: Pick<RequestFacts, 'generators' | 'programs'>,
): Rejection | undefined {
  if (generator !== undefined && !generators.includes(generator))
    return reject('GENERATOR_NOT_AVAILABLE', because('GENERATOR_NOT_AVAILABLE', { generator, available: generators }));
  if (program !== undefined && !programs.includes(program))
    return reject('PROGRAM_NOT_AVAILABLE', because('PROGRAM_NOT_AVAILABLE', { program, available: programs }));
  return undefined;
}

function refuseEmptyRetry({ retry, parentRunId }: RequestRun, { retriable }: RequestFacts): Rejection | undefined {
  if (retriable === undefined || retriable.anybody) return undefined;
  const { generated, skipped, failed, cancelled, reasons } = retriable.tally;
  const codes = Object.entries(reasons).map(([code, users]) => `${code} ${users}`);
  const outcomes = because('OUTCOMES', { generated, skipped, failed, cancelled }).said;
  const found = codes.length === 0 ? outcomes : because('OUTCOMES_WITH_REASONS', { outcomes, reasons: codes }).said;
  const wanted = [...(retry?.outcomes ?? []), ...(retry?.reasons ?? [])];
  return reject('NOTHING_TO_RETRY', because('NOTHING_TO_RETRY', { wanted, found }), parentRunId);
}
