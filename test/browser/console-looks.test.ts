import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { brokenWordsOf, type ConsoleOptions, overflowOf, settled, violationsOf } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld, spoil } from '../support/console-world.js';
import { dataOf } from '../support/graphql-client.js';
import { until } from '../support/until.js';

const LOOKS: ConsoleOptions[] = [
  { language: 'ko', theme: 'light', width: 1440 },
  { language: 'ko', theme: 'dark', width: 390 },
  { language: 'en', theme: 'dark', width: 1440 },
  { language: 'en', theme: 'light', width: 390 },
];

(canTryConsole ? describe : describe.skip)('Every screen and dialog of the console', () => {
  let world: ConsoleWorld;
  let screens: string[];
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 60 });
    const { url } = world.service;
    await spoil(world, world.lastNight, 7);
    const { runId } = await runToEnd(url, { recordDate: world.lastNight });
    const from = addDays(world.lastNight, -3);
    const { backfill } = await dataOf<{ backfill: { backfill: { id: string } } }>(
      url,
      'mutation ($from: Date!) { backfill(input: { from: $from, to: $from }) { ... on BackfillAccepted { backfill { id } } } }',
      { from },
    );
    await dataOf(url, 'mutation { recall(input: { promptVersion: "before-this", allergen: true }) { __typename } }');
    const { schedules } = await dataOf<{ schedules: { nodes: { id: string }[] } }>(url, '{ schedules { nodes { id } } }');
    const advised =
      "select user_id from batch.outcome_view where type = 'InterventionGenerated' group by user_id having count(*) = 2 limit 1";
    await until(async () => (await world.database.column(advised)).length > 0); // the backfill goes on
    const [userId] = await world.database.column<number>(advised);
    screens = ['', '/runs', `/runs/${runId}?outcome=FAILED&reason=INVALID_INPUT`, '/failures', '/patients', `/patients/${userId}`, '/schedules']; // prettier-ignore
    screens.push(`/schedules/${schedules.nodes[0]?.id}`, '/backfills', `/backfills/${backfill.backfill.id}`, '/trends', '/system');
    screens.push('/runs/0b4f8a52-6d0c-4c62-9b8e-3f1f2a7c9d10', '/no-such-page', '/alerts', '/review');
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it.each(LOOKS)('has nothing that axe finds, is no wider than its window, and breaks no word: $language, $theme, $width', async (look) => {
    const found: Record<string, string[]> = {};
    // One profile for all: a new one costs more than its page.
    await using open = await world.open('', { ...look, forAxe: true });
    const { page, problems } = open;
    await settled(page);
    for (const screen of screens) {
      const before = problems.length;
      await page.goto(`${world.service.url}/console${screen}`);
      await settled(page);
      if (/patients\/\d/.test(screen)) await page.locator('.difference').waitFor();
      const wider = await overflowOf(page);
      const broken = (await brokenWordsOf(page)).map((word) => `the word ${word} is broken`);
      const wrong = [
        ...(await violationsOf(page)),
        ...problems.slice(before),
        ...broken,
        ...(wider > 0 ? [`${wider} px wider than the window`] : []),
      ];
      if (wrong.length > 0) found[screen] = wrong;
    }
    expect(found).toEqual({});
  });

  it.each(LOOKS.slice(0, 2))('and its dialogs have nothing either: $language, $theme, $width', async (look) => {
    const found: Record<string, string[]> = {};
    await using open = await world.open('', { ...look, forAxe: true });
    const { page } = open;
    for (const [screen, name] of [
      ['', '지금 실행'],
      ['/schedules', '새 스케줄'],
      ['/schedules', '일시 중지'],
      ['/schedules', '기본 스케줄로 되돌리기'],
      ['/backfills', '새 과거 실행'],
      [screens[2] ?? '', /실패한 \d+명 재시도/],
      [screens[7] ?? '', '삭제'],
      ['/system', '새 회수'],
      ['/system', /^회수 해제/],
      ['/review', '항목 끄기'],
    ] as const) {
      await page.goto(`${world.service.url}/console${screen}`);
      await page.getByRole('button', { name, exact: true }).first().click();
      await page.getByRole('dialog').waitFor();
      await settled(page);
      const wrong = await violationsOf(page);
      if (wrong.length > 0) found[`${screen} ${String(name)}`] = wrong;
    }
    expect(found).toEqual({});
  });
});
