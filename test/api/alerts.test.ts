import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { begin } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { holdWorkers } from '../support/table-hold.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';

interface Alert {
  readonly kind: string;
  readonly subject: string;
  readonly state: string;
  readonly silenced: boolean;
  readonly text: string;
  readonly path: string;
}
interface Silenced {
  readonly kind: string;
  readonly code?: string;
  readonly message?: string;
  readonly repeated?: boolean;
  readonly silence?: { readonly id: string; readonly reason: string; readonly madeBy: string; readonly subject: string | null };
}

const ALERTS = `query ($filter: AlertFilterInput) { alerts(filter: $filter, first: 10) { nodes { kind subject state silenced text path } } }`;
const SILENCE = `mutation ($input: SilenceAlertsInput!) { answer: silenceAlerts(input: $input) {
  kind: __typename ... on SilenceAccepted { repeated silence { id reason madeBy subject } } ... on Error { code message } } }`;
const END = `mutation ($id: UUID!) { answer: endSilence(id: $id) {
  kind: __typename ... on SilenceAccepted { silence { id reason madeBy subject } } ... on Error { code message } } }`;

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
let runId: string;

const alerts = async (filter: object | null = null): Promise<readonly Alert[]> =>
  // A neighbour's transaction may hold up the log, and that is an alert too.
  (await dataOf<{ alerts: { nodes: Alert[] } }>(service.url, ALERTS, { filter })).alerts.nodes.filter(({ kind }) => kind !== 'LOG_LAGGING');
const silence = async (input: object): Promise<Silenced> => (await dataOf<{ answer: Silenced }>(service.url, SILENCE, { input })).answer;
const end = async (id: string): Promise<Silenced> => (await dataOf<{ answer: Silenced }>(service.url, END, { id })).answer;
const told = async (language: string): Promise<string> => {
  const query = `{ alerts(filter: { kinds: [RUN_PAUSED] }) { nodes { text(language: ${language}) } } }`;
  return (await dataOf<{ alerts: { nodes: { text: string }[] } }>(service.url, query)).alerts.nodes[0]?.text ?? '';
};
const inAnHour = (): string => new Date(Date.now() + 3_600_000).toISOString();

beforeAll(async () => {
  database = resources.use(await createPatients(20));
  service = resources.use(await startTestService(database, { environment: { ALERT_PATIENCE_MS: '100' } }));
  const hold = await holdWorkers(database, 'READING');
  runId = await begin(service.url, { chunkSize: 5 }); // four chunks and two lanes: what waits when it is paused is not begun
  await hold.keeps(2);
  await dataOf(service.url, `mutation { pauseRun(runId: "${runId}", reason: "holiday") { __typename } }`);
  await hold.release();
});

afterAll(async () => {
  await resources.end();
});

describe('alerts', () => {
  it('tell of a paused run, name it, and lead to its page', async () => {
    await until(async () => (await alerts()).length === 1);
    expect(await alerts()).toEqual([
      expect.objectContaining({ kind: 'RUN_PAUSED', subject: runId, state: 'OPEN', silenced: false, path: expect.stringContaining(runId) }),
    ]);
    expect(await alerts({ kinds: ['RUN_FAILED'] })).toEqual([]);
    expect(await alerts({ states: ['OPEN'], kinds: ['RUN_PAUSED'] })).toHaveLength(1);
  });

  it('are silenced by an operator with a reason, until it is taken back', async () => {
    const made = await silence({ kind: 'RUN_PAUSED', subject: runId, until: inAnHour(), reason: ' known, mended tomorrow ' });
    expect(made).toMatchObject({ kind: 'SilenceAccepted', silence: { reason: 'known, mended tomorrow', madeBy: 'local', subject: runId } });
    expect(await alerts()).toMatchObject([{ silenced: true }]);
    expect(await end(made.silence?.id ?? '')).toMatchObject({ kind: 'SilenceAccepted', silence: { id: made.silence?.id } });
    expect(await alerts()).toMatchObject([{ silenced: false }]);
    expect(await end(made.silence?.id ?? '')).toMatchObject({ kind: 'Refused', code: 'SILENCE_NOT_FOUND' });
  });

  it('are silenced once by one order, however often it is sent; its key stands for no other', async () => {
    const order = { kind: 'NOT_READY', until: inAnHour(), reason: 'a holiday', idempotencyKey: 'one-click' };
    const made = await Promise.all([silence(order), silence(order), silence(order)]);
    expect(new Set(made.map((each) => each.silence?.id)).size).toBe(1);
    expect(made.filter(({ repeated }) => repeated === true)).toHaveLength(2);
    expect(await silence({ ...order, reason: 'another' })).toMatchObject({ kind: 'Refused', code: 'IDEMPOTENCY_KEY_REUSED' });
    await end(made[0]?.silence?.id ?? '');
    expect(await silence(order)).toMatchObject({ repeated: true, silence: { id: made[0]?.silence?.id } }); // it is over, and is not begun again
    expect(await silence({ ...order, idempotencyKey: 'two words' })).toMatchObject({ code: 'IDEMPOTENCY_KEY_INVALID' });
    const refused = { ...order, reason: ' ', idempotencyKey: 'given-back' };
    expect(await silence(refused)).toMatchObject({ code: 'REASON_MISSING' });
    expect(await silence({ ...refused, reason: 'a holiday' })).toMatchObject({ kind: 'SilenceAccepted', repeated: false });
  });

  it.each([
    ['a time that is past', { until: new Date(Date.now() - 1_000).toISOString() }],
    ['more than thirty days', { until: new Date(Date.now() + 31 * 86_400_000).toISOString() }],
    ['no reason', { reason: '  ' }],
    ['a reason of two lines', { reason: 'a\nb' }],
  ])('are not silenced with %s', async (_, odd) => {
    const answer = await silence({ kind: 'RUN_PAUSED', until: inAnHour(), reason: 'known', ...odd });
    expect(answer).toMatchObject({ kind: 'Refused', message: expect.stringMatching(/\. /) });
  });

  it('are told in the language that is asked for', async () => {
    expect(await told('EN')).toContain('is paused');
    expect(await told('KO')).toMatch(/[가-힣]/);
  });

  it('say that no channel is configured, and a test then sends nothing', async () => {
    const query = 'mutation { testAlerts { trials { channel ok code } } }';
    expect(await dataOf(service.url, '{ alertChannels }')).toEqual({ alertChannels: [] });
    expect(await dataOf(service.url, query)).toEqual({ testAlerts: { trials: [] } });
  });

  it('tell who follows them that one was silenced, and how many are open', async () => {
    const { changes } = service.core.alerts;
    const before = await silence({ kind: 'SLOT_SKIPPED', until: inAnHour(), reason: 'a holiday' });
    await end(before.silence?.id ?? '');
    const leaving = new AbortController();
    const follow = changes.follow(leaving.signal);
    expect((await follow.next()).value).toBeGreaterThanOrEqual(1);
    expect((await follow.next()).value).toBeGreaterThanOrEqual(1); // a silence ended just before
    const next = follow.next();
    const made = await silence({ kind: 'SLOT_SKIPPED', until: inAnHour(), reason: 'a holiday' });
    expect((await next).value).toBeGreaterThanOrEqual(1);
    leaving.abort();
    expect((await follow.next()).done).toBe(true);
    await end(made.silence?.id ?? '');
  });

  it('tell a follower twice where one changed just before it came: what it shows may have been read earlier', async () => {
    const { changes } = service.core.alerts;
    const made = await silence({ kind: 'SLOT_SKIPPED', until: inAnHour(), reason: 'a holiday' });
    const leaving = new AbortController();
    const follow = changes.follow(leaving.signal);
    const heard = [await follow.next(), await follow.next()];
    expect(heard).toEqual([heard[0], { done: false, value: heard[0]?.value }]);
    leaving.abort();
    expect((await follow.next()).done).toBe(true);
    await end(made.silence?.id ?? '');
  });

  it('are over when the run goes on', async () => {
    await dataOf(service.url, `mutation { resumeRun(runId: "${runId}") { __typename } }`);
    await until(async () => (await alerts({ states: ['RESOLVED'] })).length === 1);
    expect(await alerts({ states: ['OPEN'] })).toEqual([]);
  });
});
