import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, readFileSync } from 'node:fs';
import type { InstanceInfo } from '../../runtime/instance-lock.js';
import type { Role } from '../../runtime/service.js';
import type { BackgroundMessage } from './background.js';
import { makeDataDir } from '../database/data-dir.js';
import { CommandFailed, EXIT, Interrupted, type ExitCode } from '../shell/exit-code.js';
import { openLogFile, type LogLimit } from './log-file.js';
import { showRelayed } from '../screen/relay.js';
import { openScreen } from '../screen/screen.js';
import { logFile, logLimit } from './service-log.js';
import type { Shell } from '../shell/shell.js';
import { spokenLanguage } from '../words/language.js';
import { say } from '../words/catalogue.js';

const LINES_SHOWN = 10;

/**
 * Starts the service in a process that outlives this one, shows what it does until it is ready, and leaves it.
 * @throws CommandFailed with the end of its log when it dies before
 */
export async function startDetached({ config, json, signal, printJson }: Shell, role: Role): Promise<ExitCode> {
  makeDataDir(config.DATA_DIR);
  const screen = openScreen({ lines: json ? process.stderr : process.stdout, bars: process.stderr });
  const log = openLog(logFile(config.DATA_DIR), logLimit(config));
  const child = spawn(
    process.execPath,
    [...process.execArgv, process.argv[1] ?? '', 'start', '--role', role, '--lang', spokenLanguage(), '--background'],
    {
      detached: true,
      stdio: ['ignore', log.descriptor, log.descriptor, 'ipc'],
    },
  );
  closeSync(log.descriptor);
  const addresses = await ready(child, { show: showRelayed(screen), signal, log });
  screen.say();
  screen.say(say('inBackground', { pid: child.pid ?? '' }));
  printJson({ event: 'ready', pid: child.pid, addresses });
  child.disconnect();
  child.unref();
  return EXIT.done;
}

interface BackgroundLog {
  readonly path: string;
  readonly descriptor: number;
  /** What was written since it was opened. */
  written(): string;
}

function openLog(path: string, limit: LogLimit): BackgroundLog {
  const descriptor = openLogFile(path, limit);
  const before = fstatSync(descriptor).size;
  return { path, descriptor, written: () => readFileSync(path).subarray(before).toString() };
}

interface Awaiting {
  readonly show: ReturnType<typeof showRelayed>;
  readonly signal: AbortSignal;
  readonly log: BackgroundLog;
}

function ready(child: ChildProcess, { show, signal, log }: Awaiting): Promise<InstanceInfo['addresses']> {
  return new Promise((resolve, reject) => {
    const interrupt = (): void => void child.kill('SIGTERM');
    signal.addEventListener('abort', interrupt);
    child.on('message', (message: BackgroundMessage) => {
      if ('show' in message) return show(message.show);
      signal.removeEventListener('abort', interrupt);
      return resolve(message.ready);
    });
    child.once('error', reject);
    child.once('exit', (code, endedBy) => {
      if (signal.aborted) return reject(new Interrupted(say('startInterrupted')));
      const tail = log.written().trim().split('\n').slice(-LINES_SHOWN).join('\n');
      return reject(new CommandFailed(say('endedWhileStarting', { how: endedBy ?? `exit ${code}`, file: log.path }) + `\n${tail}`));
    });
  });
}
