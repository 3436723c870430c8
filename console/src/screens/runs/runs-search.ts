import { actorNamed } from '../../language/language.js';
import { dayOf, FIRST_DAY } from '../../parts/days.js';
import { PROGRAMS, type ProgramName } from '../../parts/programs.js';

const STATES = ['open', 'failures', 'COMPLETED', 'CANCELLED', 'FAILED'] as const;
const TRIGGERS = ['SCHEDULE', 'MANUAL', 'RETRY', 'BACKFILL', 'RECALL'] as const;

/** What the address of the list of runs holds: its filters. */
export interface RunsSearch {
  /** The first and the last day of records. */
  readonly from?: string;
  readonly to?: string;
  readonly state?: (typeof STATES)[number];
  readonly trigger?: (typeof TRIGGERS)[number];
  readonly program?: ProgramName;
  /** As the log names them, or as this page does. */
  readonly actor?: string;
  readonly kind?: 'real' | 'trial' | 'shadow';
}

const oneOf = <Value extends string>(values: readonly Value[], value: unknown): Value | undefined => values.find((each) => each === value);

/** Reads the filters from an address. What cannot be one is left out: an old link shows the list all the same. */
export function readRunsSearch(search: Record<string, unknown>): RunsSearch {
  return withoutNothing({
    from: dayOf(search['from']),
    to: dayOf(search['to']),
    state: oneOf(STATES, search['state']),
    trigger: oneOf(TRIGGERS, search['trigger']),
    program: oneOf(PROGRAMS, search['program']),
    actor: typeof search['actor'] === 'string' ? search['actor'].slice(0, 100) : undefined,
    kind: oneOf(['real', 'trial', 'shadow'] as const, search['kind']),
  });
}

/** An object without what is undefined. */
export function withoutNothing<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== '')) as T;
}

type Status = 'REQUESTED' | 'PLANNED' | 'RUNNING' | 'PAUSED' | 'COMPLETED' | 'COMPLETED_WITH_FAILURES' | 'CANCELLED' | 'FAILED';

const STATUSES: Readonly<Record<(typeof STATES)[number], readonly Status[]>> = {
  open: ['REQUESTED', 'PLANNED', 'RUNNING', 'PAUSED'],
  failures: ['COMPLETED_WITH_FAILURES'],
  COMPLETED: ['COMPLETED'],
  CANCELLED: ['CANCELLED'],
  FAILED: ['FAILED'],
};

/** The filters as the service takes them. */
export function filterOf({ from, to, state, trigger, program, actor, kind }: RunsSearch) {
  return {
    ...(from !== undefined && from >= FIRST_DAY && { recordDateFrom: from }),
    ...(to !== undefined && to >= FIRST_DAY && { recordDateTo: to }),
    ...(state !== undefined && { statuses: [...STATUSES[state]] }),
    ...(trigger !== undefined && { triggers: [trigger] }),
    ...(program !== undefined && { programs: [program] }),
    ...(actor !== undefined && { actors: [actorNamed(actor)] }),
    ...(kind === 'real' && { dryRun: false }),
    ...(kind === 'trial' && { dryRun: true, shadow: false }),
    ...(kind === 'shadow' && { shadow: true }),
  };
}

/** The backfills that fit filters of runs: none where a filter speaks of what a backfill has not. */
export function backfillsAmong<Backfill extends { readonly program: string; readonly actor: string }>(
  { from, to, state, trigger, program, actor, kind }: RunsSearch,
  backfills: readonly Backfill[],
): readonly Backfill[] {
  const isOfRuns = from ?? to ?? state ?? (kind === 'real' ? undefined : kind) ?? (trigger === 'BACKFILL' ? undefined : trigger);
  if (isOfRuns !== undefined) return [];
  return backfills.filter(
    (each) => (program === undefined || each.program === program) && (actor === undefined || each.actor === actorNamed(actor)),
  );
}
