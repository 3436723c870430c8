import { MAX_USER_IDS } from '../../domain/run/decide-request.js';
import type { Deps } from '../ports.js';

/**
 * Ids that no active, non-staff account has. Of a list that is refused for its length nothing is looked up.
 *
 * @param look `onRoster` for a question, which writes nothing; `roster` for an order: the log has a subject for each user before the order's transaction begins, or
 * that transaction would be the first to know them, and keep all others from writing their outcomes until it ends
 */
export async function unknownAmong(
  deps: Pick<Deps, 'records'>,
  userIds: readonly number[] | undefined,
  look: 'onRoster' | 'roster',
): Promise<number[]> {
  if (userIds === undefined || userIds.length === 0 || userIds.length > MAX_USER_IDS) return [];
  const known = new Set(await deps.records[look](userIds));
  return userIds.filter((id) => !known.has(id));
}
