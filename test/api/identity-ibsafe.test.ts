import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { DOORS, http } from './identity-doors.js';
import { IBSAFE_SECRET, ibsafeClaims, inSeconds, signHs256 } from './identity-issuers.js';

const ACCOUNTS = { superuser: 1, staff: 2, patient: 3, inactiveSuperuser: 4, nobody: 99 } as const;

let database: TestDatabase;
let service: TestService;

beforeAll(async () => {
  database = await createTestDatabase();
  service = await startTestService(database, { role: 'api', environment: { AUTH_IBSAFE_JWT_SECRET: IBSAFE_SECRET } });
  await service.core.pool.query(
    `insert into public.auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
     values (1, '!', true, 'u1', '', '', '', false, true, now()), (2, '!', false, 'u2', '', '', '', true, true, now()),
       (3, '!', false, 'u3', '', '', '', false, true, now()), (4, '!', true, 'u4', '', '', '', true, false, now()),
       (5, '!', false, 'u5', '', '', '', true, true, now())`,
  );
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await database?.drop();
});

async function bearer(userId: unknown, changes: object = {}): Promise<string> {
  return `Bearer ${await signHs256({ ...ibsafeClaims(userId), ...changes }, IBSAFE_SECRET)}`;
}

const FORCE = 'mutation { initSchedules(force: true) { __typename } }';
const SYNC = 'mutation { syncSchedules { __typename } }';

describe('A token of IBSafe’s app', () => {
  it('makes a superuser an admin, and a member of staff an operator', async () => {
    expect((await http(service.url, await bearer(ACCOUNTS.superuser), FORCE)).text).toContain('SchedulesInitialized');
    expect((await http(service.url, await bearer(ACCOUNTS.staff), SYNC)).text).toContain('SchedulesSynced');
    expect((await http(service.url, await bearer(ACCOUNTS.staff), FORCE)).text).toContain('you have the role operator');
  });

  it('names its user in the log by their id only', async () => {
    await http(service.url, await bearer(ACCOUNTS.superuser), FORCE);
    const { rows } = await service.core.pool.query<{ actor: string }>(
      "select actor from batch.event where type = 'ScheduleCreated' order by position desc limit 1",
    );
    expect(rows).toEqual([{ actor: 'ibsafe:1' }]);
  });

  it.each(DOORS)('lets a patient do nothing at all: %s', async (_name, door, statuses) => {
    const { status, text } = await door(service.url, await bearer(ACCOUNTS.patient));
    expect({ status, text }).toEqual({
      status: statuses.forbidden,
      text: expect.stringMatching(/This account has no role here|Forbidden/),
    });
    expect(text).not.toContain('systemStatus');
  });

  it.each(DOORS)('lets no closed and no unknown account in: %s', async (_name, door, statuses) => {
    for (const userId of [ACCOUNTS.inactiveSuperuser, ACCOUNTS.nobody]) {
      expect((await door(service.url, await bearer(userId))).status).toBe(statuses.unknown);
    }
  });

  it('may write its user id as a number or as a text, and in no other way', async () => {
    expect((await http(service.url, await bearer('2'))).status).toBe(200);
    for (const userId of ['2 or 1=1', '', -2, 2.5, 4_000_000_000, null, [2], true]) {
      expect((await http(service.url, await bearer(userId))).status).toBe(401);
    }
  });

  it('must be an access token, and must expire', async () => {
    const refused = [
      { token_type: 'refresh' },
      { token_type: undefined },
      { exp: inSeconds(-120) },
      { exp: undefined },
      { jti: undefined },
    ];
    for (const changes of refused) expect((await http(service.url, await bearer(ACCOUNTS.superuser, changes))).status).toBe(401);
  });

  it('gives no role by a claim: only IBSafe’s accounts do', async () => {
    const claims = { batch_role: 'admin', is_superuser: true, is_staff: true, sub: 'kim' };
    expect((await http(service.url, await bearer(ACCOUNTS.patient, claims))).status).toBe(403);
  });
});

describe('An account whose flags are words', () => {
  it('is nobody’s who may do something: a word that says no is no yes', async () => {
    await service.core.pool.query('alter table public.auth_user alter column is_superuser type text, alter column is_staff type text');
    const { text } = await http(service.url, await bearer(ACCOUNTS.patient), FORCE);
    expect(text).toMatch(/This account has no role here|Forbidden/);
  });
});
