import type { MikroORM } from '@mikro-orm/postgresql';
import { Client } from 'pg';
import type pg from 'pg';
import type { Deps } from '../../src/application/ports.js';
import { migrate } from '../../src/migrations/migrate.js';
import { createIbsafeTables } from '../../src/records/ibsafe-tables/create-ibsafe-tables.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { startTestService } from '../support/test-service.js';
import { IBSAFE_SECRET, ibsafeClaims, signHs256 } from './identity-issuers.js';
import { RestClient } from './rest-client.js';

/** Accounts of IBSafe's, by what they are. */
export const ACCOUNTS = { superuser: 1, staff: 2, patient: 3, closed: 4, unknown: 99 } as const;

/** Schedules that the original had. The third and fourth are none that it should ever have let in. */
const ROWS = `insert into public.ibsafe_batchschedule (id, name, frequency, hour, minute, is_active, created_at, updated_at) values
  (7, '일일 중재 권고사항 생성', 'daily', 9, 0, true, now(), now()), (12, '주간 중재', 'weekly', 8, 30, false, now(), now()),
  (13, '언젠가', 'sometimes', 8, 30, true, now(), now()), (3000000000, '먼 번호', 'monthly', 1, 2, true, now(), now())`;

/** A service over a database that Django's migrations made, and the service's own after them. */
export interface RestService extends AsyncDisposable {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly deps: Deps;
  readonly orm: MikroORM;
  readonly logged: readonly string[];
  /** An access token of IBSafe's app. */
  tokenOf(userId: number, claims?: object): Promise<string>;
  /** A client with such a token. */
  as(who: keyof typeof ACCOUNTS, claims?: object): Promise<RestClient>;
}

/** Starts one that serves and runs nothing, so that runs stay as a test leaves them. */
export async function startRestService(environment: Readonly<Record<string, string>> = {}): Promise<RestService> {
  const database = await createEmptyDatabase();
  await likeDjango(database.url);
  await migrate(database.url, { ibsafeTables: false });
  const service = await startTestService(database, { role: 'api', environment: { AUTH_IBSAFE_JWT_SECRET: IBSAFE_SECRET, ...environment } });
  const { pool, deps, orm } = service.core;
  return {
    url: service.url,
    pool,
    deps,
    orm,
    logged: service.logged,
    tokenOf,
    as: async (who, claims) => new RestClient(service.url, await tokenOf(ACCOUNTS[who], claims)),
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}

function tokenOf(userId: number, claims: object = {}): Promise<string> {
  return signHs256({ ...ibsafeClaims(userId), ...claims }, IBSAFE_SECRET);
}

async function likeDjango(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await createIbsafeTables(client);
    await client.query(`insert into public.auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
      values (1, '!', true, 'super', '', '', '', true, true, now()), (2, '!', false, 'staff', '', '', '', true, true, now()),
        (3, '!', false, 'patient', '', '', '', false, true, now()), (4, '!', true, 'closed', '', '', '', true, false, now())`);
    await client.query(ROWS);
  } finally {
    await client.end();
  }
}
