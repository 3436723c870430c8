import 'reflect-metadata';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Identity } from '../../src/identity/caller.js';
import { OutcomeQueries } from '../../src/projections/queries/outcome-queries.js';
import { RetentionQueries } from '../../src/projections/queries/retention-queries.js';
import { RunQueries } from '../../src/projections/queries/run-queries.js';
import { createOutcomesCsv } from '../../src/server/export/outcomes-csv.js';
import { tokenOf, SIGNED_CALLERS, askWith } from '../support/signed-callers.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { statementsOf } from '../support/sent-statements.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let viewer: string;
let runId: string;

interface Answer<T> {
  readonly data?: T | null;
}

beforeAll(async () => {
  database = resources.use(await createPatients(40));
  service = resources.use(await startTestService(database, { environment: SIGNED_CALLERS }));
  viewer = await tokenOf('kim');
  const operator = await tokenOf('lee', 'operator');
  const query = `mutation { runBatch(input: { recordDate: "${RECORD_DATE}" }) { ... on RunBatchAccepted { run { id } } } }`;
  const { data }: Answer<{ runBatch: { run: { id: string } } }> = await askWith(service, { token: operator, query });
  runId = data?.runBatch.run.id ?? '';
  await until(async () => (await database.column('select 1 from batch.run_view where ended_at is null')).length === 0);
});

afterAll(async () => {
  await resources.end();
});

const get = (path: string, headers: Record<string, string> = { authorization: `Bearer ${viewer}` }, method = 'GET'): Promise<Response> =>
  fetch(`${service.url}${path}`, { headers, method });
const csv = (id: string): string => `/export/outcomes.csv?run=${id}`;

describe('GET /export/outcomes.csv', () => {
  it('gives every outcome of a run once, to be kept by no cache', async () => {
    const response = await get(csv(runId));
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/);
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="outcomes-${runId}.csv"`);
    const [head = '', ...lines] = (await response.text()).trimEnd().split('\r\n');
    expect(head).toMatch(/^user_id,outcome,skip_reasons,failure_code,/);
    for (const page of ['watch-a-run.md', 'watch-a-run.ko.md']) {
      const told = readFileSync(new URL(`../../docs/operator/${page}`, import.meta.url), 'utf8');
      expect({ page, untold: head.split(',').filter((column) => !told.includes(`\`${column}\``)) }).toEqual({ page, untold: [] });
    }
    const rows = await database.rows<{ user_id: number; outcome: string }>(
      'select user_id, outcome from batch.outcome_view where run_id = $1 order by subject',
      [runId],
    );
    expect(lines.map((line) => line.split(',').slice(0, 2))).toEqual(rows.map(({ user_id, outcome }) => [String(user_id), outcome]));
    expect(lines.filter((line) => line.includes('MISSING_FOOD_RECORD')).length).toBeGreaterThan(0);
  });

  it('knows who asks before it looks at what is asked for, and reads nothing for who may not', async () => {
    const strangers: Record<string, string>[] = [{}, { authorization: 'Bearer nobody' }];
    for (const headers of strangers) {
      for (const path of [csv(runId), csv('018f0000-0000-7000-8000-000000000001'), csv('x'), '/export/outcomes.csv']) {
        const sent = await statementsOf(async () => {
          const response = await get(path, headers);
          expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
        });
        expect(sent.filter((text) => /run_view|outcome_view|event/.test(text))).toEqual([]);
      }
    }
    const foreign = await get(csv(runId), { authorization: `Bearer ${viewer}`, 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(403);
  });

  it.each([
    ['an unknown run', csv('018f0000-0000-7000-8000-000000000001'), 'GET', 404],
    ['what is no id', csv('1%27%20or%201=1'), 'GET', 400],
    ['no run', '/export/outcomes.csv', 'GET', 400],
    ['two runs', `${csv('018f0000-0000-7000-8000-000000000001')}&run=018f0000-0000-7000-8000-000000000001`, 'GET', 400],
    ['another method', csv('018f0000-0000-7000-8000-000000000001'), 'POST', 405],
    ['a path below it', '/export/outcomes.csv/x', 'GET', 404],
  ])('refuses %s', async (_, path, method, status) => {
    expect((await get(path, undefined, method)).status).toBe(status);
  });

  it('gives one caller two at a time, and others theirs; who reads slowly holds no statement, and who leaves gives the place back', async () => {
    // So many outcomes that no socket takes them all at once.
    await database.rows(
      `select batch.append('run-' || v.run_id || '/chunk-99', 0, v.run_month, v.run_id, 'test', v.run_id, null, array_agg('UserCancelled'::text), array_agg(1000000 + n), array_agg('{}'::jsonb))
       from batch.run_view v cross join generate_series(1, 200000) n where v.run_id = $1 group by v.run_id, v.run_month`,
      [runId],
    );
    const slow = await Promise.all([unread(csv(runId)), unread(csv(runId))]);
    expect(slow.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const third = await get(csv(runId));
    expect([third.status, third.headers.get('retry-after')]).toEqual([429, '5']);
    const other = await get(csv('018f0000-0000-7000-8000-000000000001'), { authorization: `Bearer ${await tokenOf('park')}` });
    expect(other.status).toBe(404);
    const open =
      "select 1 from pg_stat_activity where datname = current_database() and state <> 'idle' and query like '%outcome_view%' and pid <> pg_backend_pid()";
    await until(async () => (await database.column(open)).length === 0);
    for (const response of slow) response.destroy();
    await until(async () => (await get(csv('018f0000-0000-7000-8000-000000000001'))).status === 404);
    const whole = await get(csv(runId));
    expect((await whole.text()).match(/UserCancelled|CANCELLED/g)?.length).toBe(200_000);
  });

  it('hangs up on a caller who may not stay any more, as where a key is revoked: what is left is not read', async () => {
    const refusals: ((why: Error) => void)[] = [];
    const identity: Identity = {
      identify: () => Promise.resolve({ actor: 'key:gone', role: 'viewer', expiresAt: Infinity }),
      watch: (_, onRefused) => {
        refusals.push(onRefused);
        return () => undefined;
      },
    };
    const em = service.core.orm.em.fork();
    const reads = { runs: new RunQueries(em), outcomes: new OutcomeQueries(em), retention: new RetentionQueries(em) };
    const outcomesCsv = createOutcomesCsv({ identity, reads: () => reads });
    const ended: Promise<void>[] = [];
    const server = createServer((request, response) => void ended.push(outcomesCsv(request, response)));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    try {
      const slow = await unread(csv(runId), `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      const closed = new Promise((resolve) => slow.once('close', resolve));
      for (const refuse of refusals) refuse(new Error('revoked'));
      slow.resume(); // who reads on gets what the sockets held, and no more
      await closed;
      await Promise.all(ended);
      expect([slow.statusCode, slow.complete]).toEqual([200, false]);
    } finally {
      server.close();
    }
  });

  it('is in the log without who was asked about', () => {
    expect(service.logged.length).toBeGreaterThan(0);
    expect(service.logged.join('\n')).not.toContain('run=');
  });
});

/** An answer that nobody reads. */
function unread(path: string, at = service.url): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${viewer}` };
    const sent = httpRequest(`${at}${path}`, { headers, agent: false }, (response) => {
      response.on('error', () => undefined);
      response.pause();
      resolve(response);
    });
    sent.on('error', reject);
    sent.end();
  });
}
