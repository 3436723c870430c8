import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '../../embedded-postgres/process-identity.js';
import { readInstance } from '../../runtime/instance-lock.js';
import { stopUnusedServer } from '../database/embedded-users.js';
import { CommandFailed, EXIT, Interrupted, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';

const POLL_MS = 50;
/** What a stop may take beyond the service's own grace time: connections, and the checkpoint of the embedded database. */
const BEYOND_GRACE_MS = 10_000;

/** Stops the service of the data folder and waits until it is gone, or stops the database that a killed one has left running. */
export async function stop({ config, print, printJson, screen, signal }: Shell): Promise<ExitCode> {
  const instance = readInstance(config.DATA_DIR);
  if (instance === undefined) {
    if (!(await stopUnusedServer(config.DATA_DIR))) throw new CommandFailed(say('nothingToStop', { folder: config.DATA_DIR }));
    print(say('stoppedLeftover'));
    printJson({ stopped: 'database' });
    return EXIT.done;
  }
  screen.say(say('stoppingService', { pid: instance.pid }));
  ask(instance.pid);
  const deadline = performance.now() + config.BATCH_GRACE_MS + BEYOND_GRACE_MS;
  while (readInstance(config.DATA_DIR)?.pid === instance.pid || isAlive(instance.pid)) {
    if (performance.now() > deadline) throw new CommandFailed(say('serviceStays', { pid: instance.pid }));
    if (signal.aborted) throw new Interrupted();
    await delay(POLL_MS);
  }
  print(say('serviceStopped', { pid: instance.pid }));
  printJson({ stopped: 'service', pid: instance.pid });
  return EXIT.done;
}

function ask(pid: number): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ESRCH') return; // gone since we looked
    throw new CommandFailed(say('mayNotStop', { pid, code: code ?? 'unknown' }));
  }
}
