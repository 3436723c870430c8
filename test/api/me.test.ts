import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import { dataOf } from '../support/graphql-client.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';

const ME = '{ me { actor role } }';

describe('me', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database?.drop());

  it('is the local admin where nobody signs in', async () => {
    await using service: TestService = await startTestService(database, { role: 'api' });
    expect(await dataOf(service.url, ME)).toEqual({ me: { actor: 'local', role: 'ADMIN' } });
  });

  it.each(['viewer', 'operator', 'admin'] as const)('is named as the log names a key, with the role %s', async (role) => {
    await using service: TestService = await startTestService(database, { role: 'api', environment: { AUTH_API_KEYS: 'on' } });
    const made = await new ApiKeyStore(service.core.pool).create({ name: `key of ${role}`, role, createdBy: 'test' });
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${made?.key}` },
      body: JSON.stringify({ query: ME }),
    });
    expect(await response.json()).toEqual({ data: { me: { actor: `key:key of ${role}`, role: role.toUpperCase() } } });
  });
});
