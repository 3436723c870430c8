import type { Browser } from 'playwright-core';
import { closePool, openPool } from '../../src/database/pool.js';
import { addDays, dateInZone, type LocalDate } from '../../src/domain/local-date.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { demoFoodsOf, loadDemo } from '../../src/records/demo/index.js';
import { findChromium, launchChromium } from './browser.js';
import { type ConsoleOptions, type ConsolePage, openConsole, whyNoConsole } from './console-page.js';
import { createTestDatabase } from './test-database.js';
import { startTestService, type TestService } from './test-service.js';

const missing = whyNoConsole();
if (missing !== undefined) console.warn(`skipped: the console in a browser, because ${missing}`);

/** Whether this machine can try the console in a browser. */
export const canTryConsole = missing === undefined;

/** The schedule's zone, in which last night is told. */
export const ZONE = 'Asia/Seoul';

/** A service with patients whose records go to yesterday, and a browser. */
export interface ConsoleWorld {
  readonly service: TestService;
  /** The record date of last night. */
  readonly lastNight: LocalDate;
  /** A statement on IBSafe's tables. @returns the first column of each row */
  sql<T>(text: string, values?: readonly unknown[]): Promise<T[]>;
  open(path?: string, options?: ConsoleOptions): Promise<ConsolePage>;
  readonly browser: Browser;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Makes a world of its own for a test file. `environment` as for `startTestService`. */
export async function makeConsoleWorld(options: { users?: number; environment?: Readonly<Record<string, string>> } = {}): Promise<ConsoleWorld> {
  const { users = 200, environment = {} } = options;
  const lastNight = addDays(dateInZone(new Date(), ZONE), -1);
  const database = await createTestDatabase();
  await loadDemo(database.url, { users, days: 10, seed: 1, until: lastNight, foods: demoFoodsOf(loadCatalogue()) });
  const pool = openPool({ url: database.url, max: 2, name: 'test', searchPath: 'public', onError: () => undefined });
  const service = await startTestService(database, { environment });
  const browser = await launchChromium(findChromium() ?? '');
  return {
    service,
    browser,
    lastNight,
    open: (path, how) => openConsole(browser, service.url, path, how),
    async sql<T>(text: string, values: readonly unknown[] = []) {
      const { rows } = await pool.query<[T]>({ text, values: [...values], rowMode: 'array' });
      return rows.map(([first]) => first);
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      await service[Symbol.asyncDispose]();
      await closePool(pool, 0);
      await database.drop();
    },
  };
}

/** Makes records of a day that cannot be, of every user whose number leaves `rest` when it is divided by `by`. @returns how many */
export async function spoil(world: ConsoleWorld, day: LocalDate, { by, rest = 0 }: { by: number; rest?: number }): Promise<number> {
  const spoiled = await world.sql<number>(
    'update ibsafe_userexerciserecord set current_steps = -1 where record_date = $1 and user_id % $2 = $3 returning user_id',
    [day, by, rest],
  );
  return spoiled.length;
}

/** Mends what `spoil` did to a day. */
export async function mend(world: ConsoleWorld, day: LocalDate): Promise<void> {
  await world.sql('update ibsafe_userexerciserecord set current_steps = 5000 where record_date = $1 and current_steps < 0', [day]);
}
