import { setTimeout as delay } from 'node:timers/promises';
import { codeOf } from '../../base/error-code.js';
import { asTyped } from '../../base/as-typed.js';
import type { Config } from '../../config/config.js';
import { ToldError } from '../../domain/told-error.js';
import type { KeptUp } from '../../embedded-postgres/keep-up.js';
import type { DemoMark } from '../../demo/demo-mark.js';
import { errorCode } from '../../embedded-postgres/error-code.js';
import { ensureHistory, ensurePatients, isAfterHistory, type Patients } from '../../runtime/first-start.js';
import { acquireInstanceLock, type InstanceClaim, type InstanceInfo, type RunningInstance } from '../../runtime/instance-lock.js';
import { openDatabase, type OpenDatabase } from '../../migrations/open-database.js';
import { startService, type Service } from '../../runtime/service.js';
import { describeError } from '../../server/http/error-frames.js';
import { addressesOf, patientsLine } from './announcement.js';
import { stopServer } from '../database/embedded-users.js';
import { CommandFailed, Interrupted } from '../shell/exit-code.js';
import { showFirstRun, type Serving } from './first-run.js';
import { untilAborted } from '../shell/interruption.js';
import { startPace } from '../screen/bar.js';
import type { Screen } from '../screen/screen.js';
import { say } from '../words/catalogue.js';

/** How long (ms) a stop waits for the embedded database: with the service's grace time of 8 s it makes less than ten. */
const DATABASE_STOP_MS = 1_500;

/**
 * Runs the service until `signal` aborts: the one service of its data folder, unless the database is one of yours, on which any number may
 * work. @throws CommandFailed when another one runs there; whatever keeps the service from starting, with nothing left running
 */
export async function serve(serving: Serving): Promise<void> {
  const { config } = serving;
  const claim = claimDataDir(config);
  if (claim?.held === false && config.DATABASE_URL === undefined) throw new CommandFailed(alreadyRuns(claim.owner, config.DATA_DIR));
  try {
    await onDatabase(serving, claim);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error; // a service that was asked to stop while it started has done what it was asked
  } finally {
    if (claim?.held === true) claim.release();
  }
}

/** Undefined where a service on a database of yours has no folder to write in: then "stop" does not find it, and nothing else is amiss. */
function claimDataDir({ DATABASE_URL, DATA_DIR }: Config): InstanceClaim | undefined {
  try {
    return acquireInstanceLock(DATA_DIR, { addresses: {} });
  } catch (error) {
    if (DATABASE_URL === undefined) throw error;
    return undefined;
  }
}

/** What a second service is told about the first. */
export function alreadyRuns({ pid, addresses }: RunningInstance, dataDir: string): string {
  const where = addresses['frontPage'] ?? addresses['graphql'];
  const found = say('alreadyRuns', { folder: dataDir, pid, where: where ?? say('notListening') });
  const playground = addresses['playground'] === undefined ? '' : say('itsPlayground', { url: addresses['playground'] });
  return `${found}.${playground} ${say('stopOrElsewhere', { stop: asTyped('stop') })}`;
}

async function onDatabase(serving: Serving, claim: InstanceClaim | undefined): Promise<void> {
  const { config, screen, signal } = serving;
  let leave: (() => void) | undefined;
  try {
    const database = await openDatabase(config, (line) => screen.say(`  ${line}`));
    leave = database.keepUp(tellingOf(serving));
    stopIfAsked(signal);
    const patients = database.embedded ? await loadPatients(serving, database) : undefined;
    screen.say(`  ${patientsLine(patients, config)}`);
    const isFirstNight = patients?.kind === 'demo' && (await loadHistory(serving, database, patients.demo));
    await withService(serving, { database, patients, claim, isFirstNight });
  } finally {
    leave?.();
    if (config.DATABASE_URL === undefined) await endDatabase(serving);
  }
}

/** Tells the log of an embedded server that ended by itself. */
function tellingOf({ logger }: Serving): KeptUp {
  return {
    onEnded: () => logger.warn({}, 'the embedded PostgreSQL has ended without an order: it is started again'),
    onStarted: ({ pid, port }) => logger.info({ postgresPid: pid, port }, 'the embedded PostgreSQL is up again'),
    onFailed: (error) => {
      const found = error instanceof ToldError ? { found: error.message } : { code: codeOf(error), error: describeError(error) };
      logger.error(found, 'the embedded PostgreSQL could not be started again: it is tried again within half a minute');
    },
  };
}

/** Stops the embedded server, also one that an earlier service left when it was killed, and one whose migration failed. */
async function endDatabase({ config, signal, screen }: Serving): Promise<void> {
  const stopping = stopServer(config.DATA_DIR);
  if (!signal.aborted) return void (await stopping);
  // It has its order, and ends by itself: a stop shall not wait for a long checkpoint.
  const late = delay(DATABASE_STOP_MS, 'late' as const, { ref: false });
  if ((await Promise.race([stopping, late])) === 'late') screen.say(say('checkpointGoesOn'));
}

function loadPatients({ config, screen, signal }: Serving, database: OpenDatabase): Promise<Patients> {
  return underBar({ screen, signal, label: '  Demo patients     ' }, (onProgress) => ensurePatients(database, config, onProgress));
}

/** Shows a bar from the first progress on, and ends the work when the service is asked to stop. */
async function underBar<T>(
  { screen, signal, label }: Pick<Serving, 'screen' | 'signal'> & { readonly label: string },
  work: (onProgress: (done: number, total: number) => void) => Promise<T>,
): Promise<T> {
  let bar: ReturnType<Screen['startBar']> | undefined;
  const pace = startPace();
  try {
    return await work((done, total) => {
      stopIfAsked(signal);
      bar ??= screen.startBar(label);
      bar.update(pace(done, total));
    });
  } finally {
    bar?.end();
  }
}

/** Makes the demo's nights where they are to be made. @returns whether the night behind them is to come */
async function loadHistory({ config, screen, signal, logger }: Serving, database: OpenDatabase, demo: DemoMark): Promise<boolean> {
  await underBar({ screen, signal, label: '  Demo nights       ' }, (onProgress) =>
    ensureHistory(database, demo, { config, logger, onProgress }),
  );
  return isAfterHistory(database);
}

interface Ground {
  readonly database: OpenDatabase;
  readonly patients: Patients | undefined;
  readonly claim: InstanceClaim | undefined;
  /** Whether the demo's nights were made and nothing has run since. */
  readonly isFirstNight: boolean;
}

async function withService(serving: Serving, { database, patients, claim, isFirstNight }: Ground): Promise<void> {
  const { config, role, screen, logger, signal } = serving;
  stopIfAsked(signal);
  const service = await startService(config, { url: database.url, role, logger });
  try {
    const addresses = addressesOf(service.url, config);
    if (claim?.held === true) publish(claim, addresses, serving);
    if (patients?.kind === 'demo' && role !== 'api') {
      await showFirstRun(service.core, { until: patients.demo.until, isAfterHistory: isFirstNight }, serving);
    }
    stopIfAsked(signal);
    serving.onReady(addresses);
    await Promise.race([untilAborted(signal), service.outgrown.then(end)]);
  } finally {
    await stopService(service, screen);
  }
}

function end(sentence: string): never {
  throw new CommandFailed(sentence);
}

// A disk that fills up meanwhile is no reason to end: the service can still be found, without its addresses.
function publish(claim: Extract<InstanceClaim, { held: true }>, addresses: InstanceInfo['addresses'], { config, logger }: Serving): void {
  try {
    claim.update({ addresses });
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    logger.warn(
      { code: errorCode(error), folder: config.DATA_DIR },
      'the addresses could not be noted in the data folder: status does not tell them',
    );
  }
}

async function stopService(service: Service, screen: Screen): Promise<void> {
  screen.say();
  screen.say(say('stoppingNow'));
  if (!(await service.stop())) screen.say(say('workLeft'));
}

function stopIfAsked(signal: AbortSignal): void {
  if (signal.aborted) throw new Interrupted();
}
