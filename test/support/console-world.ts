import type { Browser } from 'playwright-core';
import { addDays, dateInZone, type LocalDate } from '../../src/domain/local-date.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { demoFoodsOf } from '../../src/demo/demo-foods.js';
import { openLogger } from '../../src/cli/service/open-logger.js';
import { readConfig } from '../../src/config/config.js';
import { makeHistory } from '../../src/runtime/make-history.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { findChromium, launchChromium } from './browser.js';
import { type ConsoleOptions, type ConsolePage, openConsole, whyNoConsole } from './console-page.js';
import { openPatients, type PatientsDatabase } from './patients-database.js';
import { createTestDatabase } from './test-database.js';
import { startTestService, type TestService } from './test-service.js';

const missing = whyNoConsole();
if (missing !== undefined) console.warn(`skipped: the console in a browser, because ${missing}`);

/** Whether this machine can try the console in a browser. */
export const canTryConsole = missing === undefined;

/** The zone of the first schedule, in which last night is told. */
const ZONE = 'Asia/Seoul';

/** A service with patients whose records go to yesterday, and a browser. */
export interface ConsoleWorld {
  readonly service: TestService;
  readonly database: PatientsDatabase;
  readonly browser: Browser;
  /** The record date of last night. */
  readonly lastNight: LocalDate;
  open(path?: string, options?: ConsoleOptions): Promise<ConsolePage>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Makes a world of its own for a test file. `environment` as for `startTestService`. */
export async function makeConsoleWorld(
  options: {
    readonly users?: number;
    /** Days of records. */
    readonly days?: number;
    /** Whether the nights before the last one are invented, as far as the records allow. */
    readonly history?: boolean;
    readonly environment?: Readonly<Record<string, string>>;
  } = {},
): Promise<ConsoleWorld> {
  const { users = 200, days = 10, history = false, environment = {} } = options;
  const lastNight = addDays(dateInZone(new Date(), ZONE), -1);
  const made = await createTestDatabase();
  await loadDemo(made.url, { users, days, seed: 1, until: lastNight, foods: demoFoodsOf(loadCatalogue()) });
  if (history) await makeHistory(made.url, { config: readConfig({}), logger: openLogger('silent', 'stderr') });
  const database = openPatients(made);
  const service = await startTestService(database, { environment });
  const browser = await launchChromium(findChromium() ?? '');
  return {
    service,
    database,
    browser,
    lastNight,
    open: (path, how) => openConsole(browser, service.url, path, how),
    async [Symbol.asyncDispose]() {
      await browser.close();
      await service[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

/**
 * Makes what the run of a day reads of every user whose number can be divided by `by` what cannot be. The steps of all seven days: one that cannot
 * be among others counts as not measured. @returns how many users have a record of that day
 */
export async function spoil({ database }: ConsoleWorld, day: LocalDate, by: number): Promise<number> {
  const statement = `update ibsafe_userexerciserecord set current_steps = -1
    where record_date between $1::date - 6 and $1 and user_id % $2 = 0 returning user_id, record_date = $1 as "ofDay"`;
  return (await database.rows<{ ofDay: boolean }>(statement, [day, by])).filter(({ ofDay }) => ofDay).length;
}

/** Mends what `spoil` did for a day. */
export async function mend({ database }: ConsoleWorld, day: LocalDate): Promise<void> {
  const statement =
    'update ibsafe_userexerciserecord set current_steps = 5000 where record_date between $1::date - 6 and $1 and current_steps < 0';
  await database.column(statement, [day]);
}
