import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { cliDataDir } from '../support/cli-data-dir.js';
import { lacksSmallDisk, smallDisk } from '../support/small-disk.js';

// Node calls a folder that it cannot make on such a disk "not there", and an operator would look for a misspelt name.

const here = cliDataDir({ DEMO_USERS: '0' });
const onSmallDisk = lacksSmallDisk === undefined ? it : it.skip;
const lacking = lacksSmallDisk === undefined ? '' : ` (not measured: ${lacksSmallDisk})`;

onSmallDisk(`A data folder on a disk that takes no writes is told as that, whether it is there or not${lacking}`, async () => {
  using disk = smallDisk('1m');
  mkdirSync(join(disk.folder, 'there'));
  disk.mount('ro');
  const told = /^ibsafe-batch: EROFS: .*: the disk takes no writes\. Set DATA_DIR to a folder on another$/m;
  for (const name of ['missing', 'missing/too', 'there']) await isRefused(join(disk.folder, name), told);
});

// /proc is there, and says of each folder in it that it is not: so does an automount that does not know the name. Node asks such a folder for ever.
(process.platform === 'linux' ? it : it.skip)(
  'A data folder where none can be made is told at once (not measured without /proc)',
  async () => {
    const told = /^ibsafe-batch: ENOENT: .*'\/proc\/ibsafe-batch': it is not there\. .+$/m;
    for (const dataDir of ['/proc/ibsafe-batch', '/proc/ibsafe-batch/data']) await isRefused(dataDir, told);
  },
);

/** Both ways to start end at once with 1, and say why the folder cannot be used. */
async function isRefused(dataDir: string, told: RegExp): Promise<void> {
  for (const command of [['start'], ['start', '--detach']])
    expect([command, dataDir, await here.run(command, { DATA_DIR: dataDir })]).toEqual([
      command,
      dataDir,
      expect.objectContaining({ code: 1, stderr: expect.stringMatching(told) }),
    ]);
}
