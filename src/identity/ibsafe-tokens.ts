import type { Pool } from 'pg';
import { isUserId } from '../domain/ids.js';
import { AccessRefused, tokenRefused } from './access-refused.js';
import type { Caller } from './caller.js';
import { CLOCK_TOLERANCE_S, type TokenReader } from './token-identity.js';
import { verifyJwt } from './verify-jwt.js';
import { ACCESS } from './access-words.js';

const ALGORITHMS = ['HS256'];

/**
 * Reads the access tokens that IBSafe's app gives its users (as djangorestframework-simplejwt makes them). They say who, and nothing of what
 * they may: that is looked up in IBSafe's accounts each time. A superuser is admin and staff are operators; a patient may do nothing here.
 */
export function ibsafeTokens(options: { secret: Uint8Array; findAccount: FindAccount; clock: () => number }): TokenReader {
  const { secret, findAccount, clock } = options;
  const rules = {
    algorithms: ALGORITHMS,
    requiredClaims: ['exp', 'iat', 'jti', 'user_id', 'token_type'],
    clockTolerance: CLOCK_TOLERANCE_S,
  };
  return {
    algorithms: ALGORITHMS,
    async read(token) {
      const claims = await verifyJwt(token, secret, { ...rules, currentDate: new Date(clock()) });
      if (claims === undefined) return undefined;
      if (claims['token_type'] !== 'access') throw tokenRefused(ACCESS.tell('NO_ACCESS_TOKEN'));
      const userId = userIdOf(claims['user_id']);
      return callerOfAccount(userId, await findAccount(userId), (claims.exp ?? 0) * 1_000);
    },
  };
}

/** Older releases of simplejwt write the id as a number, newer ones as a text. */
function userIdOf(claim: unknown): number {
  const id = typeof claim === 'string' && /^-?\d{1,10}$/.test(claim) ? Number(claim) : claim;
  if (!isUserId(id)) throw tokenRefused(ACCESS.tell('CLAIM_UNUSABLE', { claim: 'user_id' }));
  return id;
}

/** What an account of IBSafe's may do here. @throws AccessRefused for one that is closed, deleted, or a patient's */
export function callerOfAccount(userId: number, account: IbsafeAccount | undefined, expiresAt: number): Caller {
  if (account?.isActive !== true)
    throw new AccessRefused('UNAUTHENTICATED', ACCESS.tell('ACCOUNT_CLOSED'), account === undefined ? 'ACCOUNT_UNKNOWN' : 'ACCOUNT_CLOSED');
  const actor = `ibsafe:${userId}`;
  if (account.isSuperuser) return { actor, role: 'admin', expiresAt };
  if (account.isStaff) return { actor, role: 'operator', expiresAt };
  throw new AccessRefused('FORBIDDEN', ACCESS.tell('ACCOUNT_WITHOUT_ROLE'));
}

/** What of an IBSafe account decides what its owner may do here. */
interface IbsafeAccount {
  readonly isActive: boolean;
  readonly isStaff: boolean;
  readonly isSuperuser: boolean;
}

/** Looks an account up; undefined when there is none. */
export type FindAccount = (userId: number) => Promise<IbsafeAccount | undefined>;

// Of whatever type a flag is: only what says true is true, and a migration of the app's changes no prepared statement's answer, which PostgreSQL would refuse from then on.
const flag = (column: string, as: string): string => `coalesce(${column}::text = 'true', false) as "${as}"`;

/** Looks accounts up in IBSafe's own table. */
export function ibsafeAccounts(pool: Pick<Pool, 'query'>): FindAccount {
  const flags = [flag('is_active', 'isActive'), flag('is_staff', 'isStaff'), flag('is_superuser', 'isSuperuser')];
  const text = `select ${flags.join(', ')} from public.auth_user where id = $1`;
  return async (userId) => (await pool.query<IbsafeAccount>({ name: 'ibsafe-account', text, values: [userId] })).rows[0];
}
