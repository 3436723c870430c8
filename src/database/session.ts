/** How long (ms) a session of ours may take for one thing. */
export interface SessionLimits {
  /** A statement; 0 for as long as it takes. */
  readonly statementMs: number;
  /** A lock that another transaction holds; 0 for as long as it takes. */
  readonly lockMs: number;
  /** A transaction in which nothing happens. */
  readonly idleInTransactionMs: number;
}

/**
 * What every session of ours stands on, whatever role, database or server say: settings by which the same statement would mean, find or return
 * something else, or end early. Names are qualified in every statement, so that the search path is empty: one that is not finds nothing, instead of
 * a table of that name in another schema.
 */
const FIXED: Readonly<Record<string, string>> = {
  search_path: '',
  client_encoding: 'UTF8',
  datestyle: 'ISO, YMD',
  intervalstyle: 'postgres',
  timezone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  array_nulls: 'on',
  transform_null_equals: 'off',
  quote_all_identifiers: 'off',
  exit_on_error: 'off',
  default_transaction_isolation: 'read committed',
  default_transaction_read_only: 'off',
  default_transaction_deferrable: 'off',
  // A policy that hides rows is an error instead of a night without their patients.
  row_security: 'off',
  // Plans for these ids, not for any (see PostgresRecords); nothing here runs long enough to be worth compiling.
  plan_cache_mode: 'auto',
  jit: 'off',
  idle_session_timeout: '0',
  // A server that hears nothing from us for a minute gives the session up, instead of keeping its locks for two hours.
  tcp_keepalives_idle: '15',
  tcp_keepalives_interval: '5',
};

/** Settings of later releases, by the release that brought them. */
const SINCE: readonly (readonly [major: number, name: string, value: string])[] = [
  [17, 'transaction_timeout', '0'],
  [17, 'restrict_nonsystem_relation_kind', ''],
];

// What was answered must last: a commit that a crash takes back is none. Who waits for standbys as well goes on doing so.
const DURABLE = `select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'`;

/**
 * The statements that a session of ours begins with. SET alone, which looks up no name: a foreign search path could lend a function another meaning.
 * And never in the packet that opens a connection, where poolers refuse what they do not know.
 */
export function sessionStatements(major: number, { statementMs, lockMs, idleInTransactionMs }: SessionLimits, searchPath = ''): string {
  const settings = {
    ...FIXED,
    ...(searchPath !== '' && { search_path: searchPath }),
    ...Object.fromEntries(SINCE.filter(([since]) => major >= since).map(([, name, value]) => [name, value])),
    statement_timeout: String(statementMs),
    lock_timeout: String(lockMs),
    idle_in_transaction_session_timeout: String(idleInTransactionMs),
  };
  return [...Object.entries(settings).map(([name, value]) => `set ${name} = '${value}'`), DURABLE].join('; ');
}

/**
 * What others' code may have left in a session, be it a trigger of the app's: another role, settings that outlast its transaction, channels and locks. Who
 * sets it again in the transaction in which that code ran leaves none of it to the next one, whether it commits or not.
 */
const NOTHING_FOREIGN = 'reset session authorization; reset role; reset all; unlisten *; select pg_catalog.pg_advisory_unlock_all()';

/** A cache of what each session began with: it goes with its connection. */
const sessions = new WeakMap<object, string>();

/** Keeps what a session began with. */
export function rememberSession(client: object, statements: readonly string[]): void {
  sessions.set(client, [NOTHING_FOREIGN, ...statements].join('; '));
}

/** The statements that make a session again what it was when it began; undefined for one that is not ours alone, as where a transaction stands for a pool. */
export function sessionAgain(client: object): string | undefined {
  return sessions.get(client);
}
