/** PostgreSQL settings by name, as in postgresql.conf. */
export type PostgresSettings = Readonly<Record<string, string>>;

/** What an embedded server runs with unless told otherwise. `synchronous_commit` and `fsync` stay on: a finished run must stay finished. */
const DEFAULTS: PostgresSettings = {
  shared_buffers: '256MB',
  max_connections: '200',
  // A run writes gigabytes: fewer checkpoints, and smaller page images after each.
  max_wal_size: '2GB',
  wal_compression: 'on',
  // A forgotten write transaction holds back every reader of the event log.
  idle_in_transaction_session_timeout: '30s',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Details, contexts and statements of errors can carry a patient's row: only the message itself is logged.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

/** The server's arguments. Settings override the defaults, but not where it listens (127.0.0.1 alone) nor where it logs (stderr). */
export function settingArguments(port: number, settings: PostgresSettings = {}): string[] {
  const fixed: PostgresSettings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: String(port),
    logging_collector: 'off',
    log_destination: 'stderr',
  };
  return Object.entries({ ...DEFAULTS, ...settings, ...fixed }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
