import type pg from 'pg';
import { IBSAFE } from './ibsafe-names.js';
import { orUnfit } from './unfit-columns.js';

const OUT_OF_RANGE = '22003';

/** IBSafe's accounts are not as a run can hold or find them: no user's fault, and the same for each. */
class UnfitAccounts extends Error {
  override readonly name = 'UnfitAccounts';
  constructor(
    readonly code: 'USER_ID_TOO_HIGH' | 'USERS_NOT_READ',
    message: string,
  ) {
    super(`${IBSAFE.users}: ${message}`);
  }
}

/** Ids of accounts as a statement gives them that casts them to int4. @throws UnfitAccounts for an id above, and what tells of columns that cannot be read as what they are */
export async function heldIds(pool: Pick<pg.Pool, 'query'>, text: string, values: readonly unknown[]): Promise<number[]> {
  try {
    return (await pool.query<[number]>({ text, values: [...values], rowMode: 'array' })).rows.map(([id]) => id);
  } catch (error) {
    if ((error as { code?: unknown }).code !== OUT_OF_RANGE) throw await orUnfit(pool, error);
    throw new UnfitAccounts('USER_ID_TOO_HIGH', 'an id is above 2,147,483,647, the greatest that this service holds');
  }
}

const LOOK = `select exists (select from ${IBSAFE.users} where id = any($1::int[])) as "areThere", exists (select from ${IBSAFE.users}) as "isAny"`;

/**
 * Looks up accounts of a roster that the read of a chunk did not give: that they are gone is said of none that is there, nor where no account is seen at all, as of a table that was emptied or hidden.
 * @throws UnfitAccounts where the fault is the read's
 */
export async function requireGone(pool: Pick<pg.Pool, 'query'>, userIds: readonly number[]): Promise<void> {
  if (userIds.length === 0) return;
  const { areThere, isAny } = (await pool.query<{ areThere: boolean; isAny: boolean }>(LOOK, [userIds])).rows[0] ?? {};
  if (areThere !== false || isAny !== true)
    throw new UnfitAccounts('USERS_NOT_READ', 'accounts of the roster are there and were not read, or no account is seen');
}
