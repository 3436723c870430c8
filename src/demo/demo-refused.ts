import { sentencesOf, type Told } from '../domain/said.js';
import { ToldError } from '../domain/told-error.js';

/** Why a database gets neither a demo nor invented nights. In Korean: `data/codes`, group `Demo`. */
export const DEMO = sentencesOf('Demo', {
  TABLES_MISSING: "IBSafe's tables are needed before its demo patients; missing: {tables}. Migrate the database first",
  USERS_PRESENT:
    'auth_user holds users that the demo did not make: {users}; demo patients are loaded only into an empty database of their own',
  ROWS_PRESENT: 'the demo is loaded only into empty tables; these hold rows: {tables}. Use a database of its own',
  TABLES_REFERRED_TO: "the demo needs IBSafe's tables to itself, and other tables refer to them. Use a database of its own",
  DEMO_PRESENT: 'the database already holds {found}; for another demo use a new data folder (or a new database)',
  DEMO_OF_NO_MARK: '{users} demo patients of unknown parameters',
  DEMO_OF: 'a demo of {users} users, {days} days until {until}, seed {seed}',
  NOT_MARKED:
    'invented nights belong to demo patients, and this database is not marked as a demo. Load demo patients into an empty database first',
  ACCOUNTS_PRESENT:
    'the database holds accounts that the demo did not make: no nights are invented beside real patients. Use a database of its own',
  EVENTS_PRESENT:
    'the log holds events already, and invented nights cannot come before them. Use a new data folder (or a new database), and make the nights before the service is started',
  DAYS_FOR_FEWER:
    'the demo has {days} days of records, which is enough for {most} nights; {nights} were asked for. Load one with more days, or ask for fewer nights',
  DAYS_FOR_NONE: 'the demo has {days} days of records, and a night needs {before} before its own. Load one with more days',
});

/**
 * Why: `TABLES_MISSING` IBSafe's tables are not there; `REAL_USERS` there are users that the demo did not make; `OTHER_DEMO` it holds a demo of other parameters;
 * `NOT_EMPTY` there are records or foods, or tables that refer to them, which the demo did not make; `NO_DEMO` it is not marked as a demo; `REAL_EVENTS` its log
 * holds events; `TOO_FEW_DAYS` the demo's records do not reach back far enough.
 */
export type DemoRefusal = 'TABLES_MISSING' | 'REAL_USERS' | 'OTHER_DEMO' | 'NOT_EMPTY' | 'NO_DEMO' | 'REAL_EVENTS' | 'TOO_FEW_DAYS';

/** Thrown where invented patients or nights would be mixed with something else. Nothing was changed. */
export class DemoRefused extends ToldError {
  override readonly name = 'DemoRefused';

  constructor(
    readonly code: DemoRefusal,
    told: Told,
    options?: ErrorOptions,
  ) {
    super(told, options);
  }
}

/** What was found that the demo cannot stand beside. */
export const beside = DEMO.tell;
