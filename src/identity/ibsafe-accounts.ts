import type { Pool } from 'pg';

/** What of an IBSafe account decides what its owner may do here. */
export interface IbsafeAccount {
  readonly isActive: boolean;
  readonly isStaff: boolean;
  readonly isSuperuser: boolean;
}

/** Looks an account up; undefined when there is none. */
export type FindAccount = (userId: number) => Promise<IbsafeAccount | undefined>;

/** Looks accounts up in IBSafe's own table. */
export function ibsafeAccounts(pool: Pick<Pool, 'query'>): FindAccount {
  const text = 'select is_active as "isActive", is_staff as "isStaff", is_superuser as "isSuperuser" from public.auth_user where id = $1';
  return async (userId) => (await pool.query<IbsafeAccount>({ name: 'ibsafe-account', text, values: [userId] })).rows[0];
}
