import { dayOf } from '../../parts/days.js';
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
