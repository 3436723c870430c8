import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { startMark, toldStart } from '../../src/embedded-postgres/process-identity.js';

describe('The start of a process', () => {
  it('is told on a system without /proc as well, the same each time, and of none that is gone', async () => {
    const started = toldStart(process.pid);
    expect(started).toMatch(/\d{2}:\d{2}:\d{2} \d{4}$/u);
    expect(toldStart(process.pid)).toBe(started);
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    expect([toldStart(child.pid ?? 0), startMark(child.pid ?? 0)]).toEqual([undefined, undefined]);
  });
});
