import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { noteUse, serverRuns, stopServer } from '../../src/cli/database/embedded-users.js';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/supervisor.js';
import { lacksSmallDisk, smallDisk } from '../support/small-disk.js';

const onSmallDisk = lacksSmallDisk === undefined ? it : it.skip;
const lacking = lacksSmallDisk === undefined ? '' : ` (not measured: ${lacksSmallDisk})`;

onSmallDisk(`The embedded PostgreSQL is stopped also where the disk has no room for the lock of a stop${lacking}`, async () => {
  using disk = smallDisk('160m');
  const dataDir = join(disk.folder, 'data');
  const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') });
  disk.fill();
  expect(() => writeAt(join(dataDir, 'any'))).toThrow(expect.objectContaining({ code: 'ENOSPC' })); // or this would prove nothing
  expect(await stopServer(dataDir)).toBe(true);
  expect(serverRuns(dataDir)).toBe(false);
  await server.stop();
});

onSmallDisk(`A command finds a server that runs on a full disk, and leaves it to its service${lacking}`, async () => {
  using disk = smallDisk('160m');
  const dataDir = join(disk.folder, 'data');
  const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') });
  disk.fill();
  expect(() => writeAt(join(dataDir, 'any'))).toThrow(expect.objectContaining({ code: 'ENOSPC' })); // or this would prove nothing
  const forget = noteUse(dataDir);
  const found = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') });
  expect([found.adopted, found.pid]).toEqual([true, server.pid]);
  forget();
  await server.stop();
});

function writeAt(path: string): void {
  const file = openSync(path, 'w');
  try {
    writeSync(file, Buffer.alloc(8_192));
  } finally {
    closeSync(file);
  }
}
