import { actorsNamed } from '../../parts/actor-name.js';
import { FIRST_DAY } from '../../parts/days.js';
import type { RunsSearch } from './runs-search.js';

type Status = 'REQUESTED' | 'PLANNED' | 'RUNNING' | 'PAUSED' | 'COMPLETED' | 'COMPLETED_WITH_FAILURES' | 'CANCELLED' | 'FAILED';

const STATUSES: Readonly<Record<NonNullable<RunsSearch['state']>, readonly Status[]>> = {
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
    ...(actor !== undefined && { actors: [...actorsNamed(actor)] }),
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
    (each) => (program === undefined || each.program === program) && (actor === undefined || actorsNamed(actor).includes(each.actor)),
  );
}
