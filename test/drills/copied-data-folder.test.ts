import { spawnSync } from 'node:child_process';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cliDataDir } from '../support/cli-data-dir.js';

// Without patients: what a first start does with them is told in first-start.test.ts.
const here = cliDataDir({ DEMO_USERS: '0' });

describe('the copy of a data folder', () => {
  it('is nobody’s: its service does not run, cannot be stopped, and neither can the original’s through it', async () => {
    await here.startService();
    const copy = copied();
    expect(await here.run(['stop'], copy)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no service runs on .*copy: nothing to stop/),
    });
    expect(await health()).toBe(200);
    const torn = expect.stringMatching(/was copied from .* while a server ran there.* stop the service there and copy again/);
    expect(await here.run(['start'], copy)).toMatchObject({ code: 1, stderr: torn });
    expect(await here.run(['status'], copy)).toMatchObject({ code: 1, stderr: torn });
    expect(await health()).toBe(200);
  });

  it('that was made while nothing ran is a database of its own', async () => {
    const original = await here.startService();
    await here.run(['stop']);
    await original.ended;
    const copy = copied();
    await here.startService();
    const other = await here.run(['migrate'], copy);
    expect(other).toMatchObject({ code: 0 });
    expect(await health()).toBe(200);
    expect(here.serverRuns(copy.DATA_DIR)).toBe(false);
  });

  it('is not taken for one where a folder was moved while its service ran', async () => {
    await here.startService();
    const moved = join(here.dir, 'moved');
    renameSync(here.dataDir, moved);
    expect(await here.run(['stop'], { DATA_DIR: moved })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Stopped the service'),
    });
    renameSync(moved, here.dataDir);
  });
});

function copied(): { DATA_DIR: string } {
  const DATA_DIR = join(here.dir, 'copy');
  spawnSync('cp', ['-a', here.dataDir, DATA_DIR]);
  return { DATA_DIR };
}

async function health(): Promise<number> {
  return (await fetch(here.instance()?.addresses['health'] ?? 'http://no-service.invalid')).status;
}
