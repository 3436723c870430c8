import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { openConsole, settled } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';
import { dataOf } from '../support/graphql-client.js';
import { until } from '../support/until.js';

const KB = 1_000;

/** What a page asked of GraphQL, by the names of its operations, and the bytes of the answers. */
function traffic(page: Page): { readonly asked: string[]; bytes: number } {
  const seen = { asked: [] as string[], bytes: 0 };
  page.on('response', async (response) => {
    if (!response.url().endsWith('/graphql')) return;
    const { query = '' } = response.request().postDataJSON() as { query?: string };
    seen.asked.push(/^(?:query|mutation) (\w+)/.exec(query)?.[1] ?? query);
    seen.bytes += (await response.body().catch(() => Buffer.alloc(0))).length;
  });
  return seen;
}

/** Resolves when a page has asked all of these and has drawn what came: on a busy machine its network is idle for a while between two questions as well. */
async function hasAsked(page: Page, { asked }: { readonly asked: readonly string[] }, all: readonly string[]): Promise<void> {
  await until(() => Promise.resolve(all.every((name) => asked.includes(name))));
  await settled(page);
  await page.waitForLoadState('networkidle');
}

(canTryConsole ? describe : describe.skip)('What the console asks', () => {
  let world: ConsoleWorld;
  let runId: string;
  let ids: Readonly<Record<string, string>>;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 300 });
    ({ runId } = await runToEnd(world.service.url, { recordDate: world.lastNight }));
    const days = `from: "${addDays(world.lastNight, -2)}", to: "${addDays(world.lastNight, -1)}"`;
    const made = await dataOf<{ backfill: { backfill: { id: string } } }>(
      world.service.url,
      `mutation { backfill(input: { ${days} }) { ... on BackfillAccepted { backfill { id } } } }`,
    );
    const backfill = made.backfill.backfill.id;
    const state = `{ backfill(id: "${backfill}") { status } schedules { nodes { id } } }`;
    const asked = (): Promise<{ backfill: { status: string }; schedules: { nodes: { id: string }[] } }> => dataOf(world.service.url, state);
    await until(async () => (await asked()).backfill.status === 'COMPLETED');
    const [advised] = await world.database.column<number>(
      "select user_id from batch.outcome_view where type = 'InterventionGenerated' group by user_id having count(*) = 3 order by user_id limit 1",
    );
    ids = { run: runId, backfill, schedule: (await asked()).schedules.nodes[0]?.id ?? '', advised: String(advised) };
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it.each([
    ['', ['Me', 'Night', 'Shell']],
    ['/runs', ['Me', 'Runs', 'Shell']],
    ['/runs/:run', ['Me', 'Outcomes', 'Run', 'Shell']],
    ['/failures', ['FailedPatients', 'Failures', 'Me', 'Shell']],
    ['/alerts', ['Alerts', 'Me', 'Shell']],
    ['/patients', ['Me', 'Shell']],
    ['/patients/:advised', ['Advice', 'AdviceDifference', 'Me', 'PatientDays', 'Shell']],
    ['/patients/99999', ['Me', 'PatientDays', 'Shell']],
    ['/review', ['Me', 'PointSwitches', 'ReviewMarks', 'ReviewSample', 'Shell']],
    ['/review/signing', ['Me', 'Shell', 'SignableRows', 'SigningProgress']],
    ['/schedules', ['Calendar', 'Me', 'Schedules', 'SchedulesAhead', 'Shell']],
    ['/schedules/:schedule', ['Me', 'OneSchedule', 'Shell']],
    ['/backfills', ['Backfills', 'Me', 'Shell']],
    ['/backfills/:backfill', ['Backfill', 'Me', 'Shell']],
    ['/trends', ['Me', 'Nights', 'Shell']],
    ['/system', ['Audit', 'CountPersonsToErase', 'Me', 'Recalls', 'Retention', 'Rollouts', 'Shell', 'System']],
  ])('for %s is each of its questions once, in few bytes', async (path, expected) => {
    await using open = await openConsole(world.browser, world.service.url, '/no-such-page');
    const { page } = open;
    const before = traffic(page);
    await page.reload();
    await hasAsked(page, before, ['Me', 'Shell']); // what that page asked is not this one's
    const seen = traffic(page);
    await page.goto(`${world.service.url}/console${path.replace(/:(\w+)/, (_, name: string) => ids[name] ?? '')}`);
    await hasAsked(page, seen, expected);
    expect(seen.asked.toSorted()).toEqual(expected);
    expect(seen.bytes).toBeLessThan(100 * KB);
  });

  it('is nothing on the page of a run while another run changes', async () => {
    await using open = await openConsole(world.browser, world.service.url, `/runs/${runId}`);
    await using all = await openConsole(world.browser, world.service.url, '/runs');
    const { page } = open;
    await page.clock.install();
    const before = traffic(page);
    await page.reload();
    await hasAsked(page, before, ['Me', 'Outcomes', 'Run', 'Shell']);
    await all.page.locator('tbody tr').first().waitFor();
    const [seen, elsewhere] = [traffic(page), traffic(all.page)];
    await runToEnd(world.service.url, { recordDate: world.lastNight, dryRun: true });
    await until(() => Promise.resolve(elsewhere.asked.includes('Runs'))); // where all runs stand it was heard of
    await page.clock.runFor(10_000);
    expect(seen.asked).toEqual([]);
    expect(elsewhere.asked.length).toBeLessThanOrEqual(3);
  });

  it('is nothing while nothing happens and nobody looks elsewhere', async () => {
    await using open = await openConsole(world.browser, world.service.url, '/runs');
    const { page } = open;
    await page.clock.install();
    const before = traffic(page);
    await page.reload();
    await page.locator('tbody tr').first().waitFor();
    await hasAsked(page, before, ['Me', 'Runs', 'Shell']);
    const seen = traffic(page);
    await page.clock.runFor(9 * 60_000);
    expect(seen.asked).toEqual([]);
  });
});
