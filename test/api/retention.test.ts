import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, dataOf, subscribe } from '../support/graphql-client.js';
import { logIsSettled } from '../support/log-settled.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';
import { createYears, type Years } from '../support/years.js';

const MONTHS = 4;
const KEEP = MONTHS - 2;

const OVERVIEW = `query ($keep: Int) { retention(keep: $keep) { keepMonths keptFrom months { month due heldBy message runId } letGo { month file events runs actor } } }`;
const LET_GO = `mutation ($keep: Int!) { answer: letMonthsGo(keep: $keep) { kind: __typename
  ... on MonthsLetGo { letGo { month file } held { month heldBy message } } ... on Error { code message } } }`;
const RUN = `query ($id: UUID!) { run(id: $id) { status letGo { month file } usage { tokensIn } progress { generated failed }
  outcomes(first: 5) { nodes { userId } } events(first: 5) { nodes { type } } report { interventions replacing } } }`;
const TIMELINE = `query ($userId: Int!, $date: Date!) { userTimeline(userId: $userId, from: $date, to: $date) { days { verdict explanation explanationKo entries { run { id } } } } }`;

interface Overview {
  readonly retention: {
    readonly keepMonths: number | null;
    readonly months: { month: string; due: boolean }[];
    readonly letGo: { month: string }[];
  };
}

describe('GraphQL about months that were let go', () => {
  const resources = new Resources();
  let years: Years;
  let service: TestService;
  let month: string;
  let runId: string;
  let recordDate: string;

  beforeAll(async () => {
    years = resources.use(await createYears(MONTHS));
    [month = ''] = await years.months();
    service = resources.use(await startTestService(years, { environment: { RETENTION_ARCHIVE_DIR: years.archiveDir } }));
    const [run] = await years.rows<{ id: string; date: string }>(
      `select run_id as id, record_date::text as date from batch.run_view where run_month = $1::date order by requested_at limit 1`,
      [month],
    );
    ({ id: runId, date: recordDate } = run ?? { id: '', date: '' });
  });
  afterAll(() => resources.end());

  const overview = async (keep?: number): Promise<Overview['retention']> =>
    (await dataOf<Overview>(service.url, OVERVIEW, { keep: keep ?? null })).retention;

  it('tells what is kept and what would go; nothing goes by itself while that is not set', async () => {
    const now = await overview();
    expect(now).toMatchObject({ keepMonths: null, keptFrom: null, letGo: [] });
    expect(now.months.some(({ due }) => due)).toBe(false);
    const planned = await overview(KEEP);
    expect(planned.months.filter(({ due }) => due).map((each) => each.month)).toEqual((await years.months()).slice(0, 2).toReversed());
    expect(await ask(service.url, OVERVIEW, { keep: 0 })).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('lets months go, once, and says of the run what it came to and where its events are', async () => {
    await until(async () => {
      // Alerts follow the log while the test waits, and other tests' transactions end.
      const { answer } = await dataOf<{ answer: { held: unknown[] } }>(service.url, LET_GO, { keep: KEEP });
      return answer.held.length === 0;
    });
    const after = await overview(KEEP);
    expect(after.letGo.map((each) => each.month)).toEqual((await years.months()).slice(0, 2).toReversed());
    expect(after.months.some(({ due }) => due)).toBe(false);
    const { run } = await dataOf<{ run: object }>(service.url, RUN, { id: runId });
    expect(run).toEqual({
      status: 'COMPLETED_WITH_FAILURES',
      letGo: { month, file: expect.stringContaining(month.slice(0, 7)) },
      usage: null,
      progress: { generated: expect.any(Number), failed: expect.any(Number) },
      outcomes: { nodes: [] },
      events: { nodes: [] },
      report: { interventions: expect.any(Number), replacing: 0 },
    });
  });

  it('says before retention of a day, never that nobody was on a roster or that another one wrote the advice', async () => {
    for (const userId of [3, 2, 1]) {
      const { userTimeline } = await dataOf<{ userTimeline: { days: { verdict: string; entries: unknown[] }[] } }>(service.url, TIMELINE, {
        userId,
        date: recordDate,
      });
      expect(userTimeline.days[0]).toMatchObject({ verdict: 'BEFORE_RETENTION' });
    }
  });

  it('says so of a day with advice that a run of it wrote', async () => {
    const [advised] = await years.rows<{ user_id: number }>(
      'select user_id from public.ibsafe_interventionrecord where record_date = $1 limit 1',
      [recordDate],
    );
    const { userTimeline } = await dataOf<{ userTimeline: { days: { verdict: string }[] } }>(service.url, TIMELINE, {
      userId: advised?.user_id,
      date: recordDate,
    });
    expect(userTimeline.days[0]).toMatchObject({ verdict: 'BEFORE_RETENTION' });
  });

  it('refuses to repeat its users, in a sentence', async () => {
    const retry = `mutation ($id: UUID!) { answer: retryRun(input: { runId: $id }) { kind: __typename ... on Error { code message } } }`;
    const { data, errors } = await ask<{ answer: object }>(service.url, retry, { id: runId });
    expect(errors ?? data?.answer).toMatchObject({ kind: 'RunConflict', code: 'BEFORE_RETENTION' });
  });

  it('ends a subscription to its progress with what it came to, and refuses one to its events', async () => {
    const states: { status: string; percent: number }[] = [];
    for await (const { batchProgress } of subscribe<{ batchProgress: { status: string; percent: number } }>(
      service.url,
      'subscription ($id: UUID!) { batchProgress(runId: $id) { status percent } }',
      { id: runId },
    ))
      states.push(batchProgress);
    expect(states).toEqual([{ status: 'COMPLETED_WITH_FAILURES', percent: 100 }]);
    const events = subscribe(service.url, 'subscription ($id: UUID!) { runEvents(runId: $id) { type } }', { id: runId });
    await expect(events.next()).rejects.toThrow(/let go/);
  });

  it('answers 410 to an export of its outcomes', async () => {
    const response = await fetch(`${service.url}/export/outcomes.csv?run=${runId}`);
    expect(response.status).toBe(410);
    expect(await response.text()).toMatch(/let go with/);
  });

  it('has nights that stay, marked, and no usage of the month', async () => {
    const nights = `query ($date: Date!) { nights(from: $date, to: $date) { generated isBeforeRetention } }`;
    expect((await dataOf<{ nights: object[] }>(service.url, nights, { date: recordDate })).nights).toEqual([
      { generated: expect.any(Number), isBeforeRetention: true },
    ]);
    const usage = `query ($month: String!) { llmUsage(month: $month) { tokensIn } }`;
    expect(await dataOf(service.url, usage, { month: month.slice(0, 7) })).toEqual({ llmUsage: null });
  });

  it('shows in the audit who let it go', async () => {
    await logIsSettled(years);
    const audit = `{ events(filter: { kinds: [RETENTION] }, first: 5) { nodes { type stream actor } } }`;
    const { events } = await dataOf<{ events: { nodes: object[] } }>(service.url, audit);
    expect(events.nodes).toContainEqual({ type: 'MonthLetGo', stream: `retention-${month.slice(0, 7)}`, actor: 'local' });
  });

  it('goes on by itself where months are configured, once for two schedulers', async () => {
    await using other = await createYears(MONTHS);
    const environment = { RETENTION_ARCHIVE_DIR: other.archiveDir, RETENTION_KEEP_MONTHS: String(KEEP), RETENTION_EVERY_MS: '200' };
    await using one = await startTestService(other, { environment });
    await using two = await startTestService(other, { role: 'scheduler', environment });
    const told = `select actor, stream from batch.event where type = 'MonthLetGo' order by stream`;
    await until(async () => (await other.rows(told)).length === 2);
    const [first = '', second = ''] = await other.months();
    expect(await other.rows(told)).toEqual(
      [first, second].map((each) => ({ actor: 'nightly retention', stream: `retention-${each.slice(0, 7)}` })),
    );
    await until(() =>
      Promise.resolve([...one.logged, ...two.logged].filter((line) => line.includes('a month was archived and let go')).length === 2),
    );
    expect(await dataOf<Overview>(one.url, OVERVIEW, {})).toMatchObject({ retention: { keepMonths: KEEP } });
  });
});
