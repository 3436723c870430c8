import { MAX_USER_IDS } from '../../domain/run/decide-request.js';
import type { Deps } from '../ports.js';

/** Ids that no active, non-staff account has. Of a list that is refused for its length nothing is looked up. */
export async function unknownAmong(deps: Pick<Deps, 'records'>, userIds: readonly number[] | undefined): Promise<number[]> {
  if (userIds === undefined || userIds.length === 0 || userIds.length > MAX_USER_IDS) return [];
  const known = new Set(await deps.records.onRoster(userIds));
  return userIds.filter((id) => !known.has(id));
}
