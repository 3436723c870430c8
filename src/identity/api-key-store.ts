import type { Pool, QueryResult } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { untilAnswered } from '../database/until-answered.js';
import { hashSecret, makeApiKey, writeApiKey } from './api-key.js';
import type { Role } from './role.js';

/** An API key as it may be shown. */
export interface ApiKey {
  readonly prefix: string;
  readonly name: string;
  readonly role: Role;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
}

/** What is needed to check a key that a caller shows. */
export interface StoredKey {
  readonly name: string;
  readonly role: Role;
  readonly secretHash: Buffer;
}

/** Names appear in the log as the actor: nothing that could break a line or be taken for something else. */
export const KEY_NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u;

const SHOWN = `prefix, name, role, created_by as "createdBy", created_at as "createdAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt"`;

// The use is noted at most once a minute: a write for each request would cost more than the request.
const FIND = `select name, role, secret_hash as "secretHash", not coalesce(last_used_at between now() - interval '1 minute' and now(), false) as "isUnnoted"
  from batch.api_key where prefix = $1 and revoked_at is null`;

/** An order of a key: its maker, and what is to be made. */
export interface NewKey {
  readonly name: string;
  readonly role: Role;
  readonly createdBy: string;
}

/** A key as its owner is given it. */
export interface MadeKey {
  readonly key: string;
  readonly prefix: string;
}

// One statement: key and order are there together or not at all. An order whose name is taken makes neither.
const MAKE = `with made as (
    insert into batch.api_key (id, prefix, name, role, secret_hash, created_by) values ($1, $2, $3, $4, $5, $6)
    on conflict (name) where revoked_at is null do nothing returning id),
  kept as (insert into batch.idempotency_key (actor, key, fingerprint, run_id) select $6, $7, $8, id from made where $7::text is not null on conflict do nothing)
  select id from made`;
/** By its id: where the answer to the statement above was lost, the name may be taken by what it made. */
const IS_MADE = 'select from batch.api_key where id = $1';
const EARLIER = `select run_id as id, batch.is_order(fingerprint, $3) as "isSame" from batch.idempotency_key where actor = $1 and key = $2`;
// Only of a key that opened nothing yet: the caller that asks again did not get the first secret, and no other caller uses it.
const RENEW = `update batch.api_key set secret_hash = $2 where id = $1 and revoked_at is null and last_used_at is null returning prefix`;

/** What an order has done whose answer was lost. */
const JUST_REVOKED = `select ${SHOWN} from batch.api_key
  where (prefix = $1 or name = $1) and revoked_by = $2 and revoked_at > now() - interval '1 minute' order by revoked_at desc limit 1`;

/** API keys in `batch.api_key`. */
export class ApiKeyStore {
  constructor(private readonly pool: Pick<Pool, 'query'>) {}

  /** Makes a key. @returns the key itself, which cannot be found out again; undefined when a key in use has the name */
  async create(key: NewKey): Promise<MadeKey | undefined> {
    return this.make(key, undefined);
  }

  /**
   * Makes a key by an order that may be repeated: an answer can be lost, and nothing of the secret is kept that could be told again. So a repeated order gives the key that the first one
   * made another secret, as long as it opened nothing; the first secret opens nothing any more. @returns why not, where it does not: the name is taken, or the order was another one
   */
  async createOnce(key: NewKey, idempotencyKey: string): Promise<MadeKey | 'TAKEN' | 'REUSED'> {
    const [text, values] = [orderOf(key), [key.createdBy, idempotencyKey]];
    const earlier = async (): Promise<{ id: string; isSame: boolean } | undefined> =>
      (await this.pool.query<{ id: string; isSame: boolean }>(EARLIER, [...values, text])).rows[0];
    // Asked once more where nothing was made: an order that is sent twice at once finds the name taken by itself.
    const found = (await earlier()) ?? (await this.make(key, idempotencyKey)) ?? (await earlier());
    if (found === undefined) return 'TAKEN';
    if ('key' in found) return found;
    return found.isSame ? ((await this.renew(found.id)) ?? 'TAKEN') : 'REUSED';
  }

  private async make(key: NewKey, idempotencyKey: string | undefined): Promise<MadeKey | undefined> {
    const parts = makeApiKey();
    const values = [uuidv7(), parts.prefix, key.name, key.role, hashSecret(parts.secret), key.createdBy, idempotencyKey, orderOf(key)];
    const isMade = await untilAnswered(async (isAgain) => {
      const { rowCount } = await this.pool.query(MAKE, values);
      return rowCount !== 0 || (isAgain && (await this.pool.query(IS_MADE, [values[0]])).rowCount !== 0);
    });
    return isMade ? { key: writeApiKey(parts), prefix: parts.prefix } : undefined;
  }

  private async renew(id: string): Promise<MadeKey | undefined> {
    const { secret } = makeApiKey();
    const renewed = (): Promise<QueryResult<{ prefix: string }>> => this.pool.query(RENEW, [id, hashSecret(secret)]);
    const [row] = (await untilAnswered(renewed)).rows;
    return row && { key: writeApiKey({ prefix: row.prefix, secret }), prefix: row.prefix };
  }

  /** All keys, also those revoked, oldest first. */
  async list(): Promise<ApiKey[]> {
    return (await this.pool.query<ApiKey>(`select ${SHOWN} from batch.api_key order by created_at, prefix`)).rows;
  }

  /** Revokes the key of a name or prefix. @returns it; undefined when no key in use has that name or prefix */
  async revoke(nameOrPrefix: string, revokedBy: string): Promise<ApiKey | undefined> {
    const text = `update batch.api_key set revoked_at = now(), revoked_by = $2
      where revoked_at is null and prefix = coalesce(
        (select prefix from batch.api_key where revoked_at is null and prefix = $1),
        (select prefix from batch.api_key where revoked_at is null and name = $1))
      returning ${SHOWN}`;
    return this.revokeBy(text, nameOrPrefix, revokedBy);
  }

  /** Revokes the key of a prefix. @returns it; undefined when no key in use has it */
  async revokePrefix(prefix: string, revokedBy: string): Promise<ApiKey | undefined> {
    const text = `update batch.api_key set revoked_at = now(), revoked_by = $2 where revoked_at is null and prefix = $1 returning ${SHOWN}`;
    return this.revokeBy(text, prefix, revokedBy);
  }

  private async revokeBy(text: string, which: string, revokedBy: string): Promise<ApiKey | undefined> {
    const ask = async (statement: string): Promise<ApiKey | undefined> =>
      (await this.pool.query<ApiKey>(statement, [which, revokedBy])).rows[0];
    return untilAnswered(async (isAgain) => (await ask(text)) ?? (isAgain ? ask(JUST_REVOKED) : undefined));
  }

  /** A key in use, by its prefix. `isUnnoted`: its use should be noted again. */
  async find(prefix: string): Promise<(StoredKey & { readonly isUnnoted: boolean }) | undefined> {
    return (await this.pool.query<StoredKey & { isUnnoted: boolean }>({ name: 'api-key', text: FIND, values: [prefix] })).rows[0];
  }

  /** Notes that a key was used now. */
  async noteUse(prefix: string): Promise<void> {
    await this.pool.query('update batch.api_key set last_used_at = now() where prefix = $1', [prefix]);
  }
}

/** What an order under an idempotency key is known by. */
function orderOf({ name, role }: NewKey): string {
  return JSON.stringify({ apiKey: { name, role } });
}
