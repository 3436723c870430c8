import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd, watch } from '../support/batch-client.js';
import { settled } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld, mend, spoil } from '../support/console-world.js';
import { dataOf } from '../support/graphql-client.js';
import { until } from '../support/until.js';

/**
 * The nights of a program from the log alone: of each patient one outcome, advice that a run wrote before advice that was there, and else the last one. Not
 * from the views that the console reads.
 */
const OF_THE_LOG = `
  with of_runs as (
    select run_id, record_date from batch.run_view where program = 'daily' and not dry_run),
  outcome as (
    select r.record_date, e.user_id, e.position, e.type, e.data
    from batch.event e join of_runs r using (run_id)
    where e.type in ('InterventionGenerated', 'UserSkipped', 'UserFailed')),
  of_users as (
    select distinct on (record_date, user_id) record_date, type,
      case when type = 'InterventionGenerated' then 'generated' when data->'reasons' ? 'INTERVENTION_EXISTS' then 'existed'
        when type = 'UserSkipped' then 'skipped' else 'failed' end as came_to
    from outcome
    order by record_date, user_id, type = 'InterventionGenerated' desc, coalesce(data->'reasons' ? 'INTERVENTION_EXISTS', false) desc, position desc),
  nights as (
    select record_date, count(*) filter (where came_to = 'generated')::int as generated, count(*) filter (where came_to = 'existed')::int as existed,
      count(*) filter (where came_to = 'skipped')::int as skipped, count(*) filter (where came_to = 'failed')::int as failed
    from of_users group by 1),
  tokens as (
    select record_date, coalesce(sum((data->>'tokensIn')::float8), 0) as "in", coalesce(sum((data->>'tokensOut')::float8), 0) as "out"
    from outcome group by 1)
  select n.record_date::text as date, n.generated, n.existed, n.skipped, n.failed, t.in, t.out from nights n join tokens t using (record_date) order by 1`;

interface OfTheLog {
  readonly date: string;
  readonly generated: number;
  readonly existed: number;
  readonly skipped: number;
  readonly failed: number;
  readonly in: number;
  readonly out: number;
}

(canTryConsole ? describe : describe.skip)('The figures of the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 150, days: 75, history: true });
    // A start makes up for a slot that it finds due.
    const open =
      "select count(*)::int from batch.run_view where status not in ('COMPLETED', 'COMPLETED_WITH_FAILURES', 'CANCELLED', 'FAILED')";
    await until(async () => (await world.database.column<number>(open))[0] === 0);
    await spoil(world, world.lastNight, 7);
    const { runId } = await runToEnd(world.service.url, { recordDate: world.lastNight, onExisting: 'REGENERATE' });
    await mend(world, world.lastNight);
    const order = 'mutation ($runId: UUID!) { retryRun(input: { runId: $runId }) { ... on RunBatchAccepted { run { id } } } }';
    const { retryRun } = await dataOf<{ retryRun: { run: { id: string } } }>(world.service.url, order, { runId });
    await watch(world.service.url, retryRun.run.id);
    await runToEnd(world.service.url, { recordDate: world.lastNight, dryRun: true, onExisting: 'REGENERATE' }); // counts nowhere
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('are those of the log, night by night, in the files behind the charts', async () => {
    const nights = await world.database.rows<OfTheLog>(OF_THE_LOG);
    expect(nights.length).toBeGreaterThan(40);
    await using open = await world.open('/trends?days=90', { language: 'en' });
    const { page } = open;
    await settled(page);
    const fileOf = async (title: string): Promise<Readonly<Record<string, string>>[]> => {
      const card = page.locator('section.card').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
      await card.getByText('As a table').click();
      const download = page.waitForEvent('download');
      await card.getByRole('button', { name: 'Save as CSV' }).click();
      const [head = '', ...lines] = readFileSync(await (await download).path(), 'utf8').replace(/^\uFEFF/, '').trim().split('\r\n'); // prettier-ignore
      const names = head.split(',').map((name) => name.replaceAll('"', ''));
      return lines.map((line) => Object.fromEntries(line.split(',').map((value, at) => [names[at] ?? '', value])));
    };
    // A column stands there where a night has something for it.
    expect(
      (await fileOf('Outcomes')).map(
        ({ Night, 'Advice written': written, 'Was there': existed = '0', Skipped, Failed = '0', ...more }) => ({
          date: Night,
          generated: written,
          existed,
          skipped: Skipped,
          failed: Failed,
          more,
        }),
      ),
    ).toEqual(
      nights.map(({ date, in: _in, out: _out, ...counts }) => ({
        date,
        ...Object.fromEntries(Object.entries(counts).map(([kind, users]) => [kind, String(users)])),
        more: {},
      })),
    );
    const tokens = (await fileOf('Tokens')).map(({ Night, in: taken, out }) => ({ date: Night, in: Number(taken), out: Number(out) }));
    expect(tokens).toEqual(nights.map(({ date, in: taken, out }) => ({ date, in: taken, out })));
    expect(nights.some(({ in: taken }) => taken > 0)).toBe(true);
  });

  it('are those of the log on the first screen, beside what is usual of the four weeks before', async () => {
    const nights = (await world.database.rows<OfTheLog>(OF_THE_LOG)).slice(-29);
    const [last, before] = [nights.at(-1), nights.slice(0, -1)];
    expect([last?.date, before.length, before[0]?.date]).toEqual([world.lastNight, 28, addDays(world.lastNight, -28)]);
    await using open = await world.open('', { language: 'en' });
    const { page } = open;
    await page.getByText('Eligible with advice').first().waitFor();
    for (const [term, kind] of [
      ['Advice written', 'generated'],
      ['Skipped', 'skipped'],
      ['Failed', 'failed'],
    ] as const) {
      const figure = page.locator('dl.usual').first().locator('div').filter({ hasText: term });
      const told = (await figure.locator('dd').textContent()) ?? '';
      const [, median, low, high] = (/usually (\d+) \((\d+)–(\d+)\)/u.exec(told) ?? []).map(Number);
      const beyond = (limit: number | undefined, side: 1 | -1): number =>
        before.filter((night) => (night[kind] - (limit ?? NaN)) * side > 0).length;
      expect([kind, await figure.locator('dd b').first().textContent()]).toEqual([kind, String(last?.[kind])]);
      expect(before.map((night) => night[kind])).toEqual(expect.arrayContaining([median, low, high]));
      expect(Math.max(beyond(median, 1), beyond(median, -1))).toBeLessThanOrEqual(14);
      expect(Math.max(beyond(high, 1), beyond(low, -1))).toBeLessThanOrEqual(3);
    }
  });
});
