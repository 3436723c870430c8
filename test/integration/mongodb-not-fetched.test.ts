import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { findMongo } from '../support/mongodb.js';

const NAMES = ['MONGODB_URL', 'MONGOMS_SYSTEM_BINARY', 'MONGOMS_DOWNLOAD_MIRROR', 'MONGOMS_DOWNLOAD_DIR', 'MONGOMS_PREFER_GLOBAL_PATH'];
const before = new Map<string, string | undefined>();

beforeEach(() => {
  for (const name of NAMES) {
    before.set(name, process.env[name]);
    delete process.env[name];
  }
});

afterEach(() => {
  for (const [name, value] of before) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

it('Tests that find no MongoDB on this machine are skipped with the reason, and ask nobody for one', async () => {
  let asked = 0;
  const mirror = createServer((_request, response) => {
    asked += 1;
    response.writeHead(404).end();
  }).listen(0, '127.0.0.1');
  await once(mirror, 'listening');
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-mongod-'));
  process.env['MONGOMS_DOWNLOAD_MIRROR'] = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
  process.env['MONGOMS_DOWNLOAD_DIR'] = folder;
  process.env['MONGOMS_PREFER_GLOBAL_PATH'] = 'false';
  try {
    expect(await findMongo()).toEqual({
      from: 'nowhere',
      reason: 'no MongoDB: there is none on this machine, and tests fetch nothing. Set MONGODB_URL or MONGOMS_SYSTEM_BINARY',
    });
    expect(asked).toBe(0);
  } finally {
    mirror.close();
    rmSync(folder, { recursive: true });
  }
});

it('A mongod that was named and is not there is told, and no other is taken', async () => {
  process.env['MONGOMS_SYSTEM_BINARY'] = join(tmpdir(), 'no-such-mongod');
  expect(await findMongo()).toMatchObject({ from: 'nowhere', reason: expect.stringMatching(/^no MongoDB: .*no-such-mongod/) });
});
