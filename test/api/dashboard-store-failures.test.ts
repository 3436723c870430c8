import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Agenda } from 'agenda';
import { createDashboard } from '../../src/server/dashboard/dashboard.js';
import { codedError } from '../support/coded-error.js';
import { Visitor } from './dashboard-visitor.js';
import { startTestServer, type TestServer } from './http-fixture.js';

/** What the store fails by, whatever it is asked. */
let failure: Error;
let server: TestServer;
let visitor: Visitor;

const failing = (): Promise<never> => Promise.reject(failure);

beforeAll(async () => {
  const names = ['queryJobs', 'getJobsOverview', 'getRunningStats', 'getLogs'];
  const agenda = { ...Object.fromEntries(names.map((name) => [name, failing])), hasJobLogger: () => true };
  const dashboard = createDashboard({
    identity: {
      identify: () => Promise.resolve({ actor: 'local', role: 'admin', expiresAt: Infinity }),
      watch: () => () => undefined,
    },
    front: undefined,
    agenda: () => agenda as unknown as Agenda,
    turnJobs: () => Promise.reject(failure),
  });
  server = await startTestServer({ extraRoutes: dashboard.routes });
  visitor = new Visitor(server.url);
});
beforeEach(() => void server.logged.splice(0));
afterAll(async () => server[Symbol.asyncDispose]());

/** An error of the driver of MongoDB's. */
const mongoError = (name: string, more: object = {}): Error => Object.assign(new Error('a secret of the store'), { name, ...more });
const LOOKS = ['/dashboard/api', '/dashboard/api?q=x', '/dashboard/api/stats', '/dashboard/api/logs'];
const asked = (path: string) => visitor.get(path, { accept: 'application/json' });
const faults = (): unknown[] => server.logged.filter(({ message }) => message === 'unexpected error');

describe('A job store that fails what the dashboard asks', () => {
  it.each([
    ['a connection that is refused', codedError('ECONNREFUSED')],
    ['a server that is stopped', codedError('57P01')],
    ['no free connection', codedError('53300')],
    ['a role that may not log in', codedError('28000')],
    ['a MongoDB that is away', mongoError('MongoServerSelectionError')],
    ['a MongoDB whose line broke', mongoError('MongoNetworkError')],
  ])('is told as one that does not answer, by %s', async (_, error) => {
    failure = error;
    for (const path of LOOKS) {
      const { status, text } = await asked(path);
      expect([status, JSON.parse(text)]).toEqual([
        503,
        { error: { code: 'JOB_STORE_DOWN', message: expect.stringContaining('job store does not answer') } },
      ]);
    }
    expect(faults()).toEqual([]);
  });

  it.each([
    ['a table that is gone', codedError('42P01')],
    ['a right that is missing', codedError('42501')],
    ['a MongoDB that wants to be signed in to', mongoError('MongoServerError', { code: 13, codeName: 'Unauthorized' })],
    ['a bug', new TypeError('a secret of the store')],
  ])('is told as a failure of the service, and logged, by %s', async (_, error) => {
    failure = error;
    for (const path of LOOKS) {
      const { status, text } = await asked(path);
      expect([status, JSON.parse(text)]).toMatchObject([500, { error: { code: 'INTERNAL' } }]);
      expect(text).not.toContain('secret');
    }
    expect(faults()).toHaveLength(LOOKS.length);
  });

  it.each([
    ['a number', codedError('2201X')],
    ['a pattern', mongoError('MongoServerError', { code: 2, codeName: 'BadValue' })],
  ])('is told what it is where the request has %s that it cannot take', async (_, error) => {
    failure = error;
    expect((await asked('/dashboard/api?skip=-1')).status).toBe(400);
    expect(faults()).toEqual([]);
  });
});
