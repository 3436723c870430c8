import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../../src/embedded-postgres/launch-on-port.js';
import { Visitor } from '../api/dashboard-visitor.js';
import { findChromium, launchChromium, PATIENCE_MS } from '../support/browser.js';
import { canTryConsole } from '../support/console-world.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { oidcSettings, type ProviderProcess, signInThere, startProviderProcess } from './oidc-world.js';

const begin = (page: Page): Promise<void> => page.getByRole('link', { name: 'Sign in with your organisation’s account' }).click();
/** The provider is on this host as well, and cookies know no ports. */
const cookiesOf = async (page: Page) => (await page.context().cookies()).filter(({ name }) => name.includes('ibsafe-batch'));

(canTryConsole ? describe : describe.skip)('Signing in at an identity provider', () => {
  let browser: Browser;
  let database: TestDatabase;
  let provider: ProviderProcess;
  let service: TestService;

  beforeAll(async () => {
    browser = await launchChromium(findChromium() ?? '');
    database = await createTestDatabase();
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    provider = await startProviderProcess(url);
    service = await startTestService(database, { role: 'api', environment: { PORT: String(port), ...oidcSettings(provider.issuer, url) } });
  });
  afterAll(async () => {
    await browser?.close();
    await service?.[Symbol.asyncDispose]();
    await provider?.[Symbol.asyncDispose]();
    await database?.drop();
  });

  /** A page in a profile of its own, that asks no host beyond this machine. */
  const visit = async (path: string): Promise<Page & AsyncDisposable> => {
    const context = await browser.newContext({ locale: 'en-US' });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.route(/^https?:\/\/(?!127\.0\.0\.1)/, (route) => route.abort());
    const page = await context.newPage();
    await page.goto(`${service.url}${path}`);
    return Object.assign(page, { [Symbol.asyncDispose]: () => context.close() });
  };
  const sessions = async (actor: string): Promise<{ way: string; role: string; ended: boolean }[]> =>
    (await service.core.pool.query(`select way, role, ended_at is not null as ended from batch.session where actor = $1`, [actor])).rows;

  it('signs somebody in with the role of their groups, at the page they asked for, and out there as well', async () => {
    await using page = await visit('/console/runs?state=FAILED');
    await begin(page);
    await signInThere(page, 'kim');
    await page
      .locator('.sidebar')
      .getByText(/^kim \(/u)
      .waitFor();
    expect(page.url()).toBe(`${service.url}/console/runs?state=FAILED`);
    await page.locator('.sidebar').getByText('Operator · Single sign-on').waitFor();
    expect(await sessions('oidc:kim')).toEqual([{ way: 'OIDC', role: 'operator', ended: false }]);
    const kept = (await cookiesOf(page)).map(({ name, httpOnly, sameSite }) => ({ name, httpOnly, sameSite }));
    expect(kept.toSorted((a, b) => a.name.length - b.name.length)).toEqual([
      { name: 'ibsafe-batch', httpOnly: true, sameSite: 'Lax' },
      { name: 'ibsafe-batch-hint', httpOnly: true, sameSite: 'Strict' },
    ]);
    const leaving = page.waitForRequest((request) => new URL(request.url()).searchParams.has('id_token_hint'));
    await page.reload();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    const hint = new URL((await leaving).url()).searchParams.get('id_token_hint') ?? '';
    expect(JSON.parse(Buffer.from(hint.split('.')[1] ?? '', 'base64url').toString())).toMatchObject({ sub: 'kim', iss: provider.issuer });
    await page.waitForURL(`${provider.issuer}/**`);
    expect(await cookiesOf(page)).toEqual([]);
    await page.getByRole('button', { name: /Yes, sign me out/ }).click(); // the provider knows whom, and where to lead back to
    await page.waitForURL(`${service.url}/console`);
    expect(await sessions('oidc:kim')).toEqual([{ way: 'OIDC', role: 'operator', ended: true }]);
  });

  it('gives the highest role of several groups, and leads to the dashboard where that was asked for', async () => {
    await using page = await visit('/session/oidc?returnTo=/dashboard/');
    await signInThere(page, 'boss');
    await page.waitForURL(`${service.url}/dashboard/`);
    expect(await sessions('oidc:boss')).toEqual([{ way: 'OIDC', role: 'admin', ended: false }]);
  });

  it('refuses an account without a role with a sentence, and leaves it signed out', async () => {
    await using page = await visit('/console/schedules');
    await begin(page);
    await signInThere(page, 'guest');
    await page.getByText('You are known, and have no role here.').waitFor();
    expect(page.url()).toBe(`${service.url}/console/schedules`);
    expect(await sessions('oidc:guest')).toEqual([]);
    expect(await cookiesOf(page)).toEqual([]);
  });

  it('says so where somebody turns back at the provider', async () => {
    await using page = await visit('/console');
    await begin(page);
    await page.getByRole('link', { name: /Cancel/ }).click();
    await page.getByText('sign-in refused you, or you left it').waitFor();
  });

  it.each(['nonce', 'state', 'code_challenge'])('signs nobody in on another %s than the browser’s own', async (name) => {
    const visitor = new Visitor(service.url);
    const { location = '' } = await visitor.get('/session/oidc');
    const [cookie = '', secret = ''] = visitor.cookie?.split('=') ?? [];
    const changed = new URL(location);
    expect(changed.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    changed.searchParams.set(name, 'A'.repeat(43));
    await using page = await visit('/healthz');
    await page.context().addCookies([{ name: cookie, value: secret, url: service.url, httpOnly: true, sameSite: 'Lax' }]);
    await page.goto(changed.href);
    await signInThere(page, 'kim2');
    await page.getByText('does not fit this browser’s question').waitFor();
    expect(await cookiesOf(page)).toEqual([]);
  });

  it('signs nobody in with the answer that another browser got', async () => {
    await using theirs = await visit('/healthz');
    const answers: string[] = [];
    await theirs.context().route(`${service.url}/session/oidc/return**`, (route) => {
      answers.push(route.request().url());
      return route.abort();
    });
    theirs.on('request', (request) => void (request.url().includes('/return?') && answers.push(request.url())));
    await theirs.goto(`${service.url}/session/oidc`);
    const flow = await cookiesOf(theirs);
    await theirs.context().clearCookies({ name: 'ibsafe-batch-flow' });
    await signInThere(theirs, 'boss');
    await theirs.getByText('took too long, or was begun in another browser').waitFor();
    expect(flow).toHaveLength(1);
    await using victim = await visit(new URL(answers[0] ?? '').pathname + new URL(answers[0] ?? '').search);
    await victim.getByText('took too long, or was begun in another browser').waitFor();
  });

  it('tells groups from the ID token as well, and says that the provider is away while it is; keys open the service meanwhile', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    await using other = await startProviderProcess(url, true);
    const { issuer } = other;
    await using here = await startTestService(database, { role: 'api', environment: { PORT: String(port), ...oidcSettings(issuer, url) } });
    await using page = await visit('/healthz');
    await page.goto(`${here.url}/console`);
    await begin(page);
    await signInThere(page, 'kim');
    await page
      .locator('.sidebar')
      .getByText(/^kim \(/u)
      .waitFor();
    await other.kill();
    await page.goto(`${here.url}/console`);
    await page
      .locator('.sidebar')
      .getByText(/^kim \(/u)
      .waitFor();

    const elsewhere = await freePort();
    const lone = `http://127.0.0.1:${elsewhere}`;
    await using late = await startTestService(database, {
      role: 'api',
      environment: { PORT: String(elsewhere), ...oidcSettings(issuer, lone) },
    });
    await using visitor = await visit('/healthz');
    await visitor.goto(`${late.url}/console/runs`);
    await begin(visitor);
    await visitor.getByText('The organisation’s sign-in does not answer.').waitFor();
    await visitor.getByLabel('API key or token').waitFor();
    expect(visitor.url()).toBe(`${late.url}/console/runs`);
  });
});
