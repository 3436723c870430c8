import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { tellSilence } from '../../src/runtime/tell-silence.js';
import { DEAD_AFTER_MS, HEARTBEAT_MS, Workers } from '../../src/store/workers.js';
import { codedError } from '../support/coded-error.js';

const ENTRY = { workerId: '01900000-0000-7000-8000-000000000000', roles: 'worker', lanes: 1, version: '1' };
const LINE = ['no sign of this process reaches the database: others take it for dead until one does', { code: '57P03' }];

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

it('A process whose signs do not reach the database says so once when others take it for dead, and again after a sign came through', async () => {
  let isAway = false;
  let beats = 0;
  const query = (text: string): Promise<unknown> => {
    const isBeat = text.includes('do update set seen_at');
    if (isBeat) beats += 1;
    return isAway && isBeat ? Promise.reject(codedError('57P03')) : Promise.resolve({ rows: [] });
  };
  const told: unknown[] = [];
  const workers = new Workers({ query } as unknown as ConstructorParameters<typeof Workers>[0]);
  await workers.signIn(ENTRY, tellSilence({ warn: (fields, message) => void told.push([message, fields]) }));
  isAway = true;
  await jest.advanceTimersByTimeAsync(DEAD_AFTER_MS - 1);
  expect([beats, told]).toEqual([Math.ceil(DEAD_AFTER_MS / HEARTBEAT_MS) - 1, []]);
  await jest.advanceTimersByTimeAsync(10 * DEAD_AFTER_MS);
  expect(told).toEqual([LINE]);
  isAway = false;
  await jest.advanceTimersByTimeAsync(HEARTBEAT_MS);
  isAway = true;
  await jest.advanceTimersByTimeAsync(2 * DEAD_AFTER_MS);
  expect(told).toEqual([LINE, LINE]);
  await workers.signOut(ENTRY.workerId);
});
