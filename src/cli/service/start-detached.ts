import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, fstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstanceInfo } from '../../runtime/instance-lock.js';
import type { ProcessRole } from '../../runtime/service.js';
import { makeDataDir } from '../database/data-dir.js';
import { CommandFailed, EXIT, Interrupted, type ExitCode } from '../shell/exit-code.js';
import { openLogFile, type LogLimit } from '../../base/log-file.js';
import { showRelayed, type ScreenMessage } from '../screen/relay.js';
import { openScreen } from '../screen/screen.js';
import type { Shell } from '../shell/shell.js';
import { spokenLanguage } from '../words/language.js';
import { say } from '../words/catalogue.js';
import type { Config } from '../../config/config.js';

const LINES_SHOWN = 10;

/**
 * Starts the service in a process that outlives this one, shows what it does until it is ready, and leaves it.
 * @throws CommandFailed with the end of its log when it dies before
 */
export async function startDetached({ config, json, signal, printJson }: Shell, role: ProcessRole): Promise<ExitCode> {
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

/** What a service in the background tells the process that started it. */
type BackgroundMessage = { readonly show: ScreenMessage } | { readonly ready: InstanceInfo['addresses'] };

/** Tells the process that started this one. Says nothing once that has gone. */
export function tellParent(message: BackgroundMessage): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined); // the parent may go while it is sent
}

/** The log of a service that speaks to people, answers in JSON or runs in the background. */
export function logFile(dataDir: string): string {
  return join(dataDir, 'service.log');
}

/** How much of it is kept. */
export function logLimit({ LOG_FILE_MB, LOG_FILES }: Pick<Config, 'LOG_FILE_MB' | 'LOG_FILES'>): LogLimit {
  return { bytes: LOG_FILE_MB * 2 ** 20, files: LOG_FILES };
}
