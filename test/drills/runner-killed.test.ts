import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { isAlive } from '../../src/embedded-postgres/process-identity.js';
import { until } from '../support/until.js';

const PLACES = ['/dev/shm', '/tmp', '/var/tmp', tmpdir()];
const runs: number[] = [];

afterEach(() => {
  for (const pid of runs.splice(0)) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
});

/** Folders of the servers that a run of jest has made. */
const foldersOf = (pid: number): string[] =>
  [...new Set(PLACES)]
    .filter((place) => existsSync(place))
    .flatMap((place) => readdirSync(place).map((name) => join(place, name)))
    .filter((folder) => folder.includes(`/ibsafe-batch-test-${pid}-`));

function postmasterIn(folder: string): number | undefined {
  try {
    const [pid = '', ...lines] = readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n');
    return lines[6]?.trim() === 'ready' ? Number(pid) : undefined;
  } catch {
    return undefined; // not there yet
  }
}

describe('a run of jest that is ended by a signal', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'leaves no server and no folder behind, and ends as by the signal: %s',
    async (signal) => {
      const { TEST_ADMIN_URLS: _urls, TEST_DATABASE_URL: _url, JEST_WORKER_ID: _id, ...rest } = process.env;
      const options = ['--selectProjects=main', '--maxWorkers=1', '--testPathPatterns=test/domain/csv-line'];
      const run = spawn(process.execPath, ['node_modules/jest/bin/jest.js', ...options], {
        stdio: 'ignore',
        env: { ...rest, NODE_OPTIONS: '--experimental-vm-modules --no-warnings' },
      });
      const pid = run.pid ?? 0;
      runs.push(pid);
      const ended = once(run, 'exit');
      let servers: number[] = [];
      await until(() => {
        servers = foldersOf(pid).flatMap((folder) => postmasterIn(folder) ?? []);
        return Promise.resolve(servers.length > 0);
      });
      process.kill(pid, signal);
      expect(await ended).toEqual([null, signal]);
      expect(servers.filter((server) => isAlive(server))).toEqual([]);
      expect(foldersOf(pid)).toEqual([]);
    },
  );
});
