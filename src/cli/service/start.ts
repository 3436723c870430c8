import { asTyped } from '../../base/as-typed.js';
import type { Config } from '../../config/config.js';
import { authenticationOf } from '../../runtime/authentication.js';
import { tryAddress } from '../../server/http/listening.js';
import { readInstance } from '../../runtime/instance-lock.js';
import { servesHttp, type ProcessRole } from '../../runtime/process-role.js';
import { requireUsable } from '../../runtime/require-usable.js';
import { VERSION } from '../../base/version.js';
import { addressLines } from './announcement.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import { outliveReaders } from '../shell/interruption.js';
import { openLogger, type LogTarget } from './open-logger.js';
import { relayScreen } from '../screen/relay.js';
import { DARK, openScreen, type Screen } from '../screen/screen.js';
import { makeDataDir } from '../database/data-dir.js';
import { alreadyRuns, serve } from './serve.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';
import { logFile, logLimit, startDetached, tellParent } from './start-detached.js';

/** Options of `start`, checked. */
export interface StartOptions {
  readonly detach?: boolean;
  readonly role: ProcessRole;
  /** Set for the process that `--detach` starts: it tells its parent what to show. */
  readonly background?: boolean;
}

/** Runs the service until Ctrl-C or SIGTERM, or starts it in the background. */
export async function start(shell: Shell, options: StartOptions): Promise<ExitCode> {
  const { config, signal, printJson } = shell;
  outliveReaders();
  // What is wrong with these is told before a database is made.
  await requireUsable(config, options.role);
  const running = config.DATABASE_URL === undefined ? readInstance(config.DATA_DIR) : undefined;
  if (running !== undefined) throw new CommandFailed(alreadyRuns(running, config.DATA_DIR));
  if (servesHttp(options.role)) await tryAddress(config.PORT, config.HOST);
  if (config.METRICS_PORT !== undefined) await tryAddress(config.METRICS_PORT, config.METRICS_HOST, 'METRICS_');
  if (options.detach === true) return startDetached(shell, options.role);
  const target = logTarget(shell, options);
  // With a database of yours and the log on stdout there is nothing to keep in files: a container may have no place for any.
  if (config.DATABASE_URL === undefined || typeof target !== 'string') makeDataDir(config.DATA_DIR);
  const screen = screenFor(shell, options, target);
  screen.say(`IBSafe Batch ${VERSION}`);
  await serve({
    config,
    role: options.role,
    screen,
    logger: openLogger(config.LOG_LEVEL, target),
    signal,
    onReady(addresses) {
      announce(screen, { addresses, options, target, config });
      printJson({ event: 'ready', pid: process.pid, addresses });
      if (options.background === true) tellParent({ ready: addresses });
    },
  });
  screen.say(say('stopped'));
  printJson({ event: 'stopped', pid: process.pid });
  return EXIT.done;
}

/** The log goes to a file where a person at a terminal reads the service's own words, where a program asked for JSON, and in the background. Else it goes to stdout, for a collector. */
function logTarget({ config, json }: Shell, { background = false }: StartOptions): LogTarget {
  const isForPeople = process.stdout.isTTY && config.NODE_ENV !== 'production';
  return json || background || isForPeople ? { file: logFile(config.DATA_DIR), limit: logLimit(config) } : 'stdout';
}

function screenFor({ config, json }: Shell, { background = false }: StartOptions, target: LogTarget): Screen {
  if (background) return relayScreen((show) => tellParent({ show }));
  if (config.NODE_ENV === 'production' && !process.stdout.isTTY) return DARK;
  const lines = json || target === 'stdout' ? process.stderr : process.stdout;
  return openScreen({ lines, bars: process.stderr });
}

interface Announced {
  readonly addresses: Readonly<Record<string, string>>;
  readonly options: StartOptions;
  readonly target: LogTarget;
  readonly config: Config;
}

function announce(screen: Screen, { addresses, options: { background = false, role }, target, config }: Announced): void {
  screen.say();
  if (Object.keys(addresses).length === 0) screen.say(say('ready', { role }));
  for (const line of addressLines(addresses)) screen.say(line);
  if (servesHttp(role) && authenticationOf(config).kind === 'local') screen.say(say('openToMachine'));
  screen.say();
  screen.say(say('howItIs', { command: asTyped('status') }));
  screen.say(say('toStop', { command: background ? asTyped('stop') : 'Ctrl-C' }));
  if (typeof target !== 'string') screen.say(say('itsLog', { file: target.file }));
}
