import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import { requestRun } from '../../src/application/run/request-run.js';
import type { ConsoleOptions, ConsolePage } from './console-page.js';
import { type ConsoleWorld, makeConsoleWorld } from './console-world.js';
import { until } from './until.js';

type Role = 'reviewer' | 'viewer' | 'admin';

/** A service that asks who is there, with advice of last night and a key for each role. */
export interface ReviewWorld extends ConsoleWorld {
  /** Opens an address and signs in at it, by keyboard. */
  signIn(role: Role, options?: ConsoleOptions, path?: string): Promise<ConsolePage>;
}

/** Makes a world of its own for a test file. @throws when the night's run is refused */
export async function makeReviewWorld(): Promise<ReviewWorld> {
  const world = await makeConsoleWorld({ users: 60, environment: { AUTH_API_KEYS: 'on' } });
  const { deps, pool } = world.service.core;
  const order = { trigger: 'MANUAL', recordDate: world.lastNight, onExisting: 'REGENERATE' } as const;
  const answer = await requestRun(deps, order, { actor: 'test' });
  if (answer.status !== 'accepted') throw new Error(`${answer.code}: ${answer.message}`);
  const keyOf = async (role: Role): Promise<string> =>
    (await new ApiKeyStore(pool).create({ name: `a ${role}`, role, createdBy: 'test' }))?.key ?? '';
  const keys = { reviewer: await keyOf('reviewer'), viewer: await keyOf('viewer'), admin: await keyOf('admin') };
  const going = 'select count(*)::int from batch.run_view where ended_at is null';
  await until(async () => (await world.database.column<number>(going))[0] === 0);
  return {
    ...world,
    signIn: async (role, options = { language: 'en' }, path = '') => {
      const open = await world.open(path, options);
      const field = open.page.getByLabel(options.language === 'ko' ? 'API 키 또는 토큰' : 'API key or token');
      await field.fill(keys[role]);
      await field.press('Enter');
      await field.waitFor({ state: 'detached' }); // the page of the sign-in has a heading as well
      await open.page.getByRole('heading', { level: 1 }).waitFor();
      return open;
    },
  };
}
