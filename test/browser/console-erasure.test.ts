import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import { requestRun } from '../../src/application/run/request-run.js';
import { type ConsolePage, settled, violationsOf } from '../support/console-page.js';
import { canTryConsole, type ConsoleWorld, makeConsoleWorld } from '../support/console-world.js';
import { Keyboard } from '../support/keyboard.js';
import { until } from '../support/until.js';

/** What went wrong on a page, without what is refused before its caller has signed in. */
const wrongOf = ({ problems }: ConsolePage): string[] => problems.filter((text) => !text.includes('401 (Unauthorized)'));

async function openDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Erase this person' }).click();
  await page.getByRole('heading', { name: 'What is erased' }).waitFor();
}

(canTryConsole ? describe : describe.skip)('The erasure of a person in the console', () => {
  let world: ConsoleWorld;
  let patients: number[];
  beforeAll(async () => {
    world = await makeConsoleWorld({ users: 30, environment: { AUTH_API_KEYS: 'on' } });
    await requestRun(world.service.core.deps, { trigger: 'MANUAL', recordDate: world.lastNight }, { actor: 'test' });
    await until(
      async () =>
        (await world.database.column("select from batch.run_view where status in ('COMPLETED', 'COMPLETED_WITH_FAILURES')")).length > 0,
    );
    patients = await world.database.column<number>('select distinct user_id from batch.outcome_view order by 1');
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  /** A page on which a caller of a role has signed in. */
  async function openAs(role: 'viewer' | 'admin', path: string, options: Parameters<ConsoleWorld['open']>[1] = {}): Promise<ConsolePage> {
    const made = await new ApiKeyStore(world.service.core.pool).create({ name: `${role} ${Math.random()}`, role, createdBy: 'test' });
    const open = await world.open(path, { language: 'en', ...options });
    const english = (options.language ?? 'en') === 'en';
    const field = open.page.getByLabel(english ? 'API key or token' : 'API 키 또는 토큰');
    await field.fill(made?.key ?? '');
    await open.page.getByRole('button', { name: english ? 'Sign in' : '로그인' }).click();
    await field.waitFor({ state: 'detached' });
    await settled(open.page);
    return open;
  }
  const nameOf = async (id: number): Promise<string> =>
    (await world.database.column<string>('select username from auth_user where id = $1', [id]))[0] ?? '';
  const isKnown = async (id: number): Promise<boolean> =>
    (await world.database.column('select from batch.subject where user_id = $1', [id])).length > 0;

  it('asks an admin for the name, refuses another one, and says afterwards that nothing is known', async () => {
    const [id = 0, other = 0] = patients;
    await using open = await openAs('admin', `/patients/${id}`, { forAxe: true });
    const { page } = open;
    await openDialog(page);
    await page.getByText('what leads to 1 outcome of 1 run;').waitFor();
    expect(await violationsOf(page)).toEqual([]);
    const field = page.getByLabel(/^Type the name of the account/);
    const button = page.getByRole('button', { name: 'Erase for good' });
    expect(await button.isDisabled()).toBe(true);
    await field.fill(await nameOf(other));
    await button.click();
    await page.getByText('The name differs from that of the account. Nothing was erased.').waitFor();
    expect(await isKnown(id)).toBe(true);

    await field.fill(await nameOf(id));
    await button.click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('Nothing is known any more of what happened to this person before.').waitFor();
    expect(await isKnown(id)).toBe(false);
    expect(await violationsOf(page)).toEqual([]);
    await openDialog(page);
    await page.getByText('no outcome and no run: the service knows none of this person').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(wrongOf(open)).toEqual([]);
  });

  it('is done by keyboard alone', async () => {
    const [, id = 0] = patients;
    await using open = await openAs('admin', `/patients/${id}`);
    const keys = new Keyboard(open.page);
    await keys.enter('Erase this person');
    await open.page.getByRole('heading', { name: 'What is erased' }).waitFor();
    await keys.type(/^Type the name of the account/, await nameOf(id));
    await open.page.keyboard.press('Enter');
    await open.page.getByText('Nothing is known any more of what happened to this person before.').waitFor();
    expect(await isKnown(id)).toBe(false);
  });

  it('shows a viewer no button, and no list of deleted accounts', async () => {
    await using open = await openAs('viewer', `/patients/${patients[2]}`);
    const { page } = open;
    await page.getByText('Thirty days').waitFor();
    expect(await page.getByText('Erase').count()).toBe(0);
    await page.goto(`${world.service.url}/console/system`);
    await page.getByRole('heading', { name: 'Retention' }).waitFor();
    await settled(page);
    expect(await page.getByText('Deleted accounts').count()).toBe(0);
  });

  it('lists accounts that IBSafe deleted, leads to each, and takes the number for a name, in Korean too', async () => {
    const [, , id = 0] = patients;
    for (const table of ['interventionrecord', 'userfoodrecord', 'userexerciserecord', 'usersleeprecord', 'userprofile'])
      await world.database.rows(`delete from ibsafe_${table} where user_id = $1`, [id]);
    await world.database.rows('delete from auth_user where id = $1', [id]);
    await using open = await openAs('admin', '/system', { language: 'ko', forAxe: true });
    const { page } = open;
    const card = page.locator('section', { has: page.getByRole('heading', { name: '삭제된 계정' }) });
    await card.getByText('기록이 남은 사람이 1명 있습니다').waitFor();
    await card.getByRole('button', { name: '보기' }).click();
    await card.getByRole('link', { name: `환자 ${id}` }).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    await card.getByRole('link', { name: `환자 ${id}` }).click();
    await page.getByRole('button', { name: '이 사람의 기록 삭제' }).click();
    await page.getByLabel(`번호를 입력하세요: ${id}`).fill(String(id));
    await page.getByRole('button', { name: '영구 삭제' }).click();
    await page.getByText('이전에 이 사람에게 있었던 일은 더는 알 수 없습니다').waitFor();
    expect(await isKnown(id)).toBe(false);
    expect(wrongOf(open)).toEqual([]);
  });
});
