import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchOnPort } from '../../src/embedded-postgres/launch-on-port.js';
import { stopPostmaster } from '../../src/embedded-postgres/stop-postmaster.js';

/** Stands in for a server: the first time another one's children still hold its memory, the second time it needs a moment to be ready, and a moment to end. */
const SERVER = `#!/bin/sh
if [ ! -e "$2.tried" ]; then touch "$2.tried"; echo 'pre-existing shared memory block is still in use' >&2; exit 1; fi
trap 'sleep 0.1; echo fast > "$2.ended"; exit 0' INT
sleep 0.1
printf '%s\\n%s\\n0\\n0\\n\\n\\n\\nready\\n' "$$" "$2" > "$2/postmaster.pid"
while :; do sleep 0.05; done
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-clock-'));
  mkdirSync(join(folder, 'data'));
  writeFileSync(join(folder, 'postgres'), SERVER);
  chmodSync(join(folder, 'postgres'), 0o755);
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

it('A server is waited for, while it starts and while it ends, though the clock jumps a day ahead at each look', async () => {
  const dir = join(folder, 'data');
  const { now } = Date;
  let days = 0;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + (days += 1) * 86_400_000);
  const binaries = { postgres: join(folder, 'postgres'), initdb: '', major: 17 };
  const { pid } = await launchOnPort({ dir, binaries, user: { name: 'this user' } }, {});
  expect(readFileSync(join(dir, 'postmaster.pid'), 'utf8')).toMatch(new RegExp(`^${pid}\\n`));
  await stopPostmaster(pid);
  expect(existsSync(`${dir}.ended`) && readFileSync(`${dir}.ended`, 'utf8')).toBe('fast\n');
});
