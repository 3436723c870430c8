import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { begin, runToEnd, watch } from '../support/batch-client.js';
import {
  BREAK_READS,
  BREAK_WRITES,
  BROKEN,
  CANARIES,
  holdsCanary,
  MEND_WRITES,
  plantCanaries,
  REFUSE_ROWS,
  tablesWithCanary,
} from '../support/canaries.js';
import { ask } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startServiceProcess, type ServiceProcess } from '../support/service-process.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { addDays } from '../../src/domain/local-date.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let worker: ServiceProcess;
const notified: string[] = [];
const answered: string[] = [];

beforeAll(async () => {
  database = resources.use(await createPatients(80));
  await plantCanaries(database);
  const listener = new Client({ connectionString: database.url });
  listener.on('notification', ({ channel, payload }) => notified.push(`${channel} ${payload ?? ''}`));
  await listener.connect();
  resources.use({ [Symbol.asyncDispose]: () => listener.end() });
  await listener.query('listen batch_changed; listen batch_agenda');
  service = resources.use(await startTestService(database));
  worker = resources.use(await startServiceProcess(database, 'worker', { LOG_LEVEL: 'trace' }));
  await runToEnd(service.url);
  await runThroughTrouble();
  answered.push(JSON.stringify(await ask(service.url, '{ interventions { nodes { dietTarget } } }')));
  answered.push(await (await fetch(`${service.url}/metrics`)).text());
});

afterAll(async () => {
  await resources.end();
});

async function runThroughTrouble(): Promise<void> {
  await database.rows(BREAK_WRITES);
  const runId = await begin(service.url, { recordDate: addDays(RECORD_DATE, -1) });
  await Promise.race([worker.heard('a job failed'), watch(service.url, runId)]);
  await database.rows(REFUSE_ROWS);
  await database.rows(MEND_WRITES);
  expect((await watch(service.url, runId)).at(-1)).toMatchObject({ status: 'COMPLETED_WITH_FAILURES', generated: 0 });
  await database.rows(BREAK_READS);
}

describe('a name or a food that IBSafe keeps', () => {
  it('is where this test looks for it, and in the advice that quotes what was eaten', async () => {
    const tables = await tablesWithCanary(database, 'public');
    expect(tables).toEqual([
      'public.auth_user',
      'public.hidden',
      'public.ibsafe_food',
      'public.ibsafe_foodcategory',
      'public.ibsafe_userprofile',
    ]);
    expect(holdsCanary(JSON.stringify(CANARIES[1])) && holdsCanary(String.raw`\uCE74\uB098\uB9AC\uC544\uC0C8`)).toBe(true);
  });

  it('is in no table of the batch', async () => {
    expect(await database.column('select count(*)::int from batch.event')).not.toEqual([0]);
    expect(await tablesWithCanary(database, 'batch')).toEqual([]);
  });

  it('is in no log line, not even of what failed for it', () => {
    const lines = [...service.logged, ...worker.printed];
    expect(lines.some((line) => line.includes('a job failed') && line.includes(BROKEN))).toBe(true);
    expect(service.logged.some((line) => line.includes('unexpected error'))).toBe(true);
    expect(lines.filter(holdsCanary)).toEqual([]);
  });

  it('is in no answer to an operator: errors are masked, and metrics count codes', () => {
    const [error, metrics] = answered;
    expect(error).toContain('"code":"INTERNAL"');
    expect(metrics).toContain('ibsafe_batch_job_failures_total');
    expect(answered.filter(holdsCanary)).toEqual([]);
  });

  it('is in no notification between processes', () => {
    expect(notified.length).toBeGreaterThan(3);
    expect(notified.filter(holdsCanary)).toEqual([]);
  });
});
