import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Page } from 'playwright-core';
import { supportFile } from '../support/support-file.js';

/** Who is in which group at the tests' provider. */
export const GROUPS = { kim: ['night-team'], boss: ['staff', 'ibsafe-admins'], guest: ['visitors'] };

/** A service's settings for the tests' provider. */
export function oidcSettings(issuer: string, consoleUrl: string): Record<string, string> {
  return {
    CONSOLE_URL: consoleUrl,
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: 'ibsafe-batch',
    OIDC_CLIENT_SECRET: 'a secret of the test',
    OIDC_SCOPES: 'openid groups',
    OIDC_ROLES: 'ibsafe-admins=admin;night-team=operator;staff=viewer',
  };
}

/** A provider that runs. */
export interface ProviderProcess extends AsyncDisposable {
  readonly issuer: string;
  readonly kill: () => Promise<void>;
}

/** Starts the provider for a service at an address. `inIdToken`: it tells groups in the ID token, and not at its userinfo endpoint alone. */
export async function startProviderProcess(consoleUrl: string, inIdToken = false): Promise<ProviderProcess> {
  const env = { ...process.env, CONSOLE: consoleUrl, GROUPS: JSON.stringify(GROUPS), IN_ID_TOKEN: inIdToken ? 'yes' : 'no' };
  const child: ChildProcess = spawn(process.execPath, [supportFile('oidc-provider-entry.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  if (child.stdout === null) throw new Error('the provider has no stdout');
  const told = once(createInterface({ input: child.stdout }), 'line').then(([line]) => String(line));
  const issuer = await Promise.race([told, ended.then(() => undefined)]);
  if (issuer === undefined) throw new Error('the provider ended without a word');
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return { issuer, kill, [Symbol.asyncDispose]: kill };
}

/** Signs in on the provider's own pages, and agrees to what is asked there. */
export async function signInThere(page: Page, name: string): Promise<void> {
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('anything');
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: 'Continue' }).click();
}
