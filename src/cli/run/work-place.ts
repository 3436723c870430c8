import type { Core } from '../../runtime/core.js';
import { startService } from '../../runtime/service.js';
import { commandLogger, connected, withDatabase, type DatabaseNeed } from '../database/command-database.js';
import type { ExitCode } from '../shell/exit-code.js';
import { livingWorkersOn } from './living-workers.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';

/** The process that works on what a command asks for: this one, another one, or none yet. */
export type WorkPlace = 'here' | 'elsewhere' | 'none';

/** What a command wants of its database and of workers. */
export interface WorkWanted {
  readonly need: DatabaseNeed;
  readonly waits: boolean;
  /** Whether a database that never had a schedule gets its first one: never for what only judges, which must not change what the nights do. */
  readonly firstSchedule: boolean;
}

/** Gives a command its database and a worker: this process, for as long as the command takes, where it `waits` and no worker is alive. */
export function withWorkPlace(
  shell: Shell,
  { need, waits, firstSchedule }: WorkWanted,
  work: (core: Core, place: WorkPlace) => Promise<ExitCode>,
): Promise<ExitCode> {
  return withDatabase(shell, need, async (database) => {
    const nobodyWorks = (await livingWorkersOn(database.url)).length === 0;
    if (!waits || !nobodyWorks) return connected(shell, database, (core) => work(core, nobodyWorks ? 'none' : 'elsewhere'));
    shell.screen.say(say('workHere'));
    const logger = commandLogger(shell);
    const service = await startService(shell.config, { url: database.url, role: 'worker', logger, firstSchedule });
    try {
      return await work(service.core, 'here');
    } finally {
      await service.stop();
    }
  });
}
