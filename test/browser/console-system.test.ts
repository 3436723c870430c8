import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { runToEnd } from '../support/batch-client.js';
import { settled, violationsOf } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';
import { dataOf } from '../support/graphql-client.js';
import { until } from '../support/until.js';

/** The parts of the screen, each with the question that it asks. */
const PARTS = [
  { question: 'System', heading: '현재 상태', instead: '데이터베이스' },
  { question: 'Rollouts', heading: '단계적 적용' },
  { question: 'Recalls', heading: '회수' },
  { question: 'Retention', heading: '보관 기간' },
  { question: 'CountPersonsToErase', heading: '삭제된 계정' },
  { question: 'Audit', heading: '변경 이력' },
] as const;

const HEADINGS = ['점검', '다른 페이지', ...PARTS.map(({ heading }) => heading)];

const partOf = (page: Page, heading: string) =>
  page.locator('section.card').filter({ has: page.getByRole('heading', { level: 2, name: heading, exact: true }) });

(canTryConsole ? describe : describe.skip)('The screen of the system', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 40 });
    await runToEnd(world.service.url, { recordDate: world.lastNight });
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  it.each(PARTS)(
    'tells that $question cannot be had in its part alone, and tries that part again',
    async ({ question, heading, ...part }) => {
      await using open = await world.open('/no-such-page');
      const { page } = open;
      let away = true;
      await page.route('**/graphql', (route) =>
        away && (route.request().postData() ?? '').includes(`query ${question}`)
          ? route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>Service Unavailable</h1>' })
          : route.continue(),
      );
      await page.goto(`${world.service.url}/console/system`);
      const failed = partOf(page, heading).getByRole('alert');
      await failed.waitFor();
      await settled(page);
      expect(await page.getByRole('alert').count()).toBe(1);
      const shown = await page.getByRole('heading', { level: 2 }).allTextContents();
      const others = HEADINGS.filter((other) => question === 'System' || other !== '현재 상태');
      expect(others.filter((other) => !shown.includes(other))).toEqual([]);
      away = false;
      await failed.getByRole('button', { name: '다시 시도' }).click();
      await failed.waitFor({ state: 'detached' });
      await partOf(page, 'instead' in part ? part.instead : heading)
        .first()
        .waitFor();
      await settled(page);
    },
  );

  it('keeps its stores where the tokens of the month cannot be counted', async () => {
    await using open = await world.open('/no-such-page', { language: 'en' });
    const { page } = open;
    let away = true;
    await page.route('**/graphql', async (route) => {
      if (!away || !(route.request().postData() ?? '').includes('query System')) return route.continue();
      const response = await route.fetch();
      const answer = (await response.json()) as { data: object };
      const error = { message: 'too long', path: ['llmUsage'], extensions: { code: 'OPERATION_TIMEOUT' } };
      return route.fulfill({ response, json: { data: { ...answer.data, llmUsage: null }, errors: [error] } });
    });
    await page.goto(`${world.service.url}/console/system`);
    const tile = partOf(page, 'Language model');
    await tile.getByRole('alert').waitFor();
    await partOf(page, 'Database').getByText('answers').waitFor();
    away = false;
    await tile.getByRole('button', { name: 'Try again' }).click();
    await tile.getByText('not used this month').waitFor();
  });

  it('tells a doctor that is busy in its place, and asks it again', async () => {
    await using open = await world.open('/system');
    const { page } = open;
    await settled(page);
    let busy = true;
    await page.route('**/graphql', (route) =>
      busy && (route.request().postData() ?? '').includes('query Doctor')
        ? route.fulfill({ json: { data: null, errors: [{ message: 'busy', extensions: { code: 'DOCTOR_BUSY' } }] } })
        : route.continue(),
    );
    await page.getByRole('button', { name: '지금 모두 점검' }).click();
    const told = partOf(page, '점검').getByRole('alert');
    await told.getByText('점검이 아직 끝나지 않았습니다.').waitFor();
    expect(await partOf(page, '데이터베이스').getByText('응답함').count()).toBe(1);
    busy = false;
    await told.getByRole('button', { name: '다시 시도' }).click();
    await page
      .getByText(/정상 \d+건/)
      .first()
      .waitFor();
  });

  it('leads from what the doctor found to the page that has the button for it', async () => {
    const { url } = world.service;
    const { schedules } = await dataOf<{ schedules: { nodes: { id: string }[] } }>(url, '{ schedules { nodes { id } } }');
    const turn = (order: string): Promise<unknown[]> =>
      Promise.all(schedules.nodes.map(({ id }) => dataOf(url, `mutation ($id: UUID!) { ${order} { __typename } }`, { id })));
    await turn('pauseSchedule(id: $id, reason: "a holiday")');
    await using open = await world.open('/system', { forAxe: true });
    const { page } = open;
    await page.getByRole('button', { name: '지금 모두 점검' }).click();
    await page.getByText('콘솔에서는 스케줄 화면에서 스케줄을 만들고').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await partOf(page, '점검').getByRole('link', { name: '스케줄', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '스케줄' }).waitFor();
    await turn('resumeSchedule(id: $id)');
  });

  it('calls each process and each part of the service that acts by a Korean name, and finds them by it', async () => {
    await using open = await world.open('/system');
    const { page } = open;
    await settled(page);
    expect(await partOf(page, '프로세스').textContent()).toContain('모든 역할');
    expect(await partOf(page, '서비스 정보').textContent()).toContain('이 컴퓨터 · 관리자');
    const audit = partOf(page, '변경 이력');
    await audit.getByText('첫 시작', { exact: true }).first().waitFor();
    await audit.getByLabel('누가').fill('이 컴퓨터');
    await until(async () => {
      const actors = await audit.locator('.events p.soft').allTextContents();
      return actors.length > 0 && actors.every((actor) => actor === '이 컴퓨터');
    });
    await page.goto(`${world.service.url}/console/runs?actor=${encodeURIComponent('이 컴퓨터')}`);
    await page.getByRole('cell', { name: '수동 이 컴퓨터' }).waitFor();
  });
});
