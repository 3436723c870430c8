import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { addDays } from '../../src/domain/local-date.js';
import { begin, runToEnd } from '../support/batch-client.js';
import { settled } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld, spoil } from '../support/console-world.js';
import { dataOf } from '../support/graphql-client.js';
import { until } from '../support/until.js';

/** Names of settings, which are typed as they stand. */
const SETTING = /^(?:ALERT|ADVICE|LLM|AUTH|BATCH|CONSOLE|OIDC)_/;

/** Codes, sentences and times as machines write them, in all that a reader sees in Korean: not what is marked as English, as code, or is a choice. */
const foreign = async (page: Page): Promise<string[]> => {
  const texts = await page.evaluate<string[]>(`(() => {
    for (const more of document.querySelectorAll('details')) more.open = true;
    const found = [];
    const walk = document.createTreeWalker(document.getElementById('root') ?? document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode())
      if (node.parentElement.closest('script, style, noscript, .mono, code, [lang=en], option, title') === null) found.push(node.nodeValue);
    return found;
  })()`);
  const odd = /[A-Z]{2,}(?:_[A-Z0-9]+)+|\d{4}-\d\d-\d\dT\d\d|(?:[A-Za-z’']{2,} ){2,}[A-Za-z’']{2,}/g;
  return texts.flatMap((text) => text.match(odd) ?? []).filter((text) => !SETTING.test(text));
};

(canTryConsole ? describe : describe.skip)('The console in Korean', () => {
  let world: ConsoleWorld;
  const screens: Record<string, string> = {};
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 60, environment: { BATCH_FAILURE_PAUSE_MIN_USERS: '20', BATCH_CHUNK_SIZE: '20' } });
    const { url } = world.service;
    await spoil(world, world.lastNight, 9);
    const { runId } = await runToEnd(url, { recordDate: world.lastNight });
    await spoil(world, addDays(world.lastNight, -1), 1);
    const paused = await begin(url, { recordDate: addDays(world.lastNight, -1) });
    await until(
      async () => (await dataOf<{ run: { status: string } }>(url, `{ run(id: "${paused}") { status } }`)).run.status === 'PAUSED',
    );
    const [advised] = await world.database.column<number>(
      "select user_id from batch.outcome_view where type = 'InterventionGenerated' order by user_id limit 1",
    );
    const { schedules } = await dataOf<{ schedules: { nodes: { id: string }[] } }>(url, '{ schedules { nodes { id } } }');
    for (const path of ['', 'runs', 'failures', 'alerts', 'patients', 'review', 'schedules', 'backfills', 'trends', 'system'])
      screens[path] = `/${path}`;
    screens['run'] = `/runs/${runId}?outcome=FAILED&reason=INVALID_INPUT`;
    screens['paused'] = `/runs/${paused}`;
    screens['patient'] = `/patients/${advised}`;
    screens['signing'] = '/review/signing';
    screens['schedule'] = `/schedules/${schedules.nodes[0]?.id}`;
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it('shows no code, no English sentence and no time as machines write it', async () => {
    const found: Record<string, string[]> = {};
    for (const [name, path] of Object.entries(screens)) {
      await using open = await world.open(path);
      const { page } = open;
      await settled(page);
      if (name === 'patient') await page.locator('.why-points').first().waitFor();
      const odd = await foreign(page);
      if (odd.length > 0) found[name] = odd;
    }
    expect(found).toEqual({});
  });
});
