import { asTyped } from '../../as-typed.js';
import type { RunRequest } from '../../domain/run/run-events.js';
import type { Deps } from '../ports.js';

/** Ids of the users that a run is to cover, ascending: all users, the users it was asked for, or those of its parent that it repeats, of the users it was asked for where it names some. */
export async function rosterOf(
  deps: Pick<Deps, 'outcomes' | 'records' | 'runs'>,
  { userIds, parentRunId, retry }: RunRequest,
): Promise<number[]> {
  if (retry === undefined || parentRunId === undefined) return deps.records.roster(userIds);
  const parent = await deps.runs.find(parentRunId);
  if (parent === undefined)
    throw new Error(`run ${parentRunId}, whose users are to be repeated, is in no view: run "${asTyped('rebuild')}"`);
  return deps.outcomes.usersOf({ runId: parentRunId, month: parent.month }, retry, userIds);
}
