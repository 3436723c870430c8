import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { runningPostmaster } from '../../src/embedded-postgres/postmaster-file.js';
import { stopPostmaster } from '../../src/embedded-postgres/stop-postmaster.js';
import { readInstance, type RunningInstance } from '../../src/runtime/instance-lock.js';
import { until } from './until.js';
import { startCli, type CliProcess, type Ended } from './cli-process.js';

type Variables = Readonly<Record<string, string>>;

/** For each test: an empty data folder that commands work on with embedded servers, all of which are gone when the test is. */
export interface CliDataDir {
  /** A folder to work in. */
  readonly dir: string;
  /** The data folder in it; missing until a command makes it. */
  readonly dataDir: string;
  start(args: readonly string[], env?: Variables): CliProcess;
  run(args: readonly string[], env?: Variables): Promise<Ended>;
  /** Starts the service and waits until it says where it answers. */
  startService(env?: Variables): Promise<CliProcess>;
  /** Who holds the data folder. */
  instance(): RunningInstance | undefined;
  /** Whether a PostgreSQL runs on a data folder, this test's unless told otherwise. */
  serverRuns(dataDir?: string): boolean;
  /** Resolves when none runs: a service that is stopped does not wait for a long checkpoint of its PostgreSQL, which ends by itself. */
  serverEnded(): Promise<void>;
}

/** Sets up the fixture for the tests of the file that calls this. @param defaults variables that every command gets */
export function cliDataDir(defaults: Variables): CliDataDir {
  let dir = '';
  let started: CliProcess[] = [];
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'ibsafe-batch-cli-'));
    chmodSync(dir, 0o755); // as root the database runs as another user
    started = [];
  });
  afterEach(async () => {
    for (const { child, ended } of started) {
      child.kill('SIGKILL');
      await ended;
    }
    const inBackground = fixture.instance();
    if (inBackground !== undefined) process.kill(inBackground.pid, 'SIGKILL');
    const left = runningPostmaster(postgresIn(fixture.dataDir));
    if (left !== undefined) await stopPostmaster(left.pid);
    rmSync(dir, { recursive: true, maxRetries: 5 });
  });

  const fixture: CliDataDir = {
    get dir() {
      return dir;
    },
    get dataDir() {
      return join(dir, 'data');
    },
    start(args, env) {
      const command = startCli(args, { cwd: dir, env: { DATA_DIR: fixture.dataDir, ...defaults, ...env } });
      started.push(command);
      return command;
    },
    run: (args, env) => fixture.start(args, env).ended,
    async startService(env) {
      const service = fixture.start(['start'], env);
      await service.said(/Console/);
      return service;
    },
    instance: () => readInstance(fixture.dataDir),
    serverRuns: (dataDir = fixture.dataDir) => existsSync(dataDir) && runningPostmaster(postgresIn(dataDir)) !== undefined,
    serverEnded: () => until(() => Promise.resolve(!fixture.serverRuns())),
  };
  return fixture;
}

function postgresIn(dataDir: string): string {
  return join(dataDir, 'postgres');
}
