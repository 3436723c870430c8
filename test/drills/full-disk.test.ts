import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { serverRuns, stopServer } from '../../src/cli/database/embedded-users.js';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/supervisor.js';
import { smallDisk } from '../support/small-disk.js';

it('The embedded PostgreSQL is stopped also where the disk has no room for the lock of a stop', async () => {
  using disk = smallDisk('160m');
  if (disk === undefined) return console.warn('skipped: this account may not mount a small disk');
  const dataDir = join(disk.folder, 'data');
  const server = await startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres') });
  disk.fill();
  expect(() => writeAt(join(dataDir, 'any'))).toThrow(expect.objectContaining({ code: 'ENOSPC' })); // or this would prove nothing
  expect(await stopServer(dataDir)).toBe(true);
  expect(serverRuns(dataDir)).toBe(false);
  await server.stop();
}, 60_000);

function writeAt(path: string): void {
  const file = openSync(path, 'w');
  try {
    writeSync(file, Buffer.alloc(8_192));
  } finally {
    closeSync(file);
  }
}
