import { requestRun } from '../../application/request-run.js';
import type { StoredRun } from '../../application/ports.js';
import type { Rejection } from '../../domain/rejection.js';
import { USUAL_PROGRAM } from '../../domain/run/decide-request.js';
import type { Core } from '../../server/core.js';
import type { OpenDatabase } from '../../server/open-database.js';
import { startService } from '../../server/service.js';
import { commandLogger, connected, withDatabase } from '../command-database.js';
import { CommandFailed, EXIT, type ExitCode } from '../exit-code.js';
import { livingWorkersOn, NO_WORKER } from '../living-workers.js';
import { lookUpRun } from '../run-lookup.js';
import { orderOf, type RunOptions } from '../run-order.js';
import type { Shell } from '../shell.js';
import { waitForRun } from '../wait-for-run.js';

/** Asks for a run, and with `wait` sees it through: in this process when no worker is alive. */
export async function run(shell: Shell, options: RunOptions): Promise<ExitCode> {
  return withDatabase(shell, 'any', async (database) => {
    const nobodyWorks = (await livingWorkersOn(database.url)).length === 0;
    if (options.wait === true && nobodyWorks) return withWorkerHere(shell, database, (core) => ask(shell, core, options, 'here'));
    return connected(shell, database, (core) => ask(shell, core, options, nobodyWorks ? 'none' : 'elsewhere'));
  });
}

/** Who works on the run. */
type Worker = 'here' | 'elsewhere' | 'none';

async function withWorkerHere<T>(shell: Shell, { url }: OpenDatabase, work: (core: Core) => Promise<T>): Promise<T> {
  shell.screen.say('No worker is alive: this process does the work.');
  const service = await startService(shell.config, { url, role: 'worker', logger: commandLogger(shell) });
  try {
    return await work(service.core);
  } finally {
    await service.stop();
  }
}

async function ask(shell: Shell, core: Core, options: RunOptions, worker: Worker): Promise<ExitCode> {
  const answer = await requestRun(core.deps, orderOf(options), { actor: 'cli' });
  if (answer.status === 'rejected') {
    if (answer.code === 'RUN_ALREADY_ACTIVE' && worker !== 'elsewhere')
      shell.screen.say('That run waits for a worker: start the service, which takes it up.');
    return refused(shell, answer);
  }
  const stored = await lookUpRun(core, answer.run.runId);
  shell.print(titleOf(stored));
  if (options.wait === true) return waitForRun(shell, core, stored, { afterwards: worker === 'here' ? WAITS : GOES_ON, json: 'last' });
  if (worker === 'none') shell.screen.say(NO_WORKER);
  shell.printJson(documentOf(stored, worker));
  return EXIT.done;
}

const WAITS = 'interrupted; the run waits for a worker: start the service, which takes it up where it stands';
const GOES_ON = 'stopped waiting; the run goes on: "ibsafe-batch watch" follows it';

function titleOf({ run: { runId, request } }: StoredRun): string {
  const { program, recordDate, dryRun, shadow } = request;
  const kind = shadow === true ? ', shadow' : dryRun ? ', dry' : '';
  return `Run ${runId}${program === USUAL_PROGRAM ? '' : `, ${program}`}, records of ${recordDate}${kind}`;
}

function documentOf({ run: { runId, status, request } }: StoredRun, worker: Worker): object {
  return { runId, status, program: request.program, recordDate: request.recordDate, dryRun: request.dryRun, worker };
}

function refused(shell: Shell, { code, message, runId }: Rejection): never {
  shell.printJson({ rejected: { code, message, ...(runId !== undefined && { runId }) } });
  throw new CommandFailed(`${message} (${code})`);
}
