import { sentencesOf, type Told } from '../domain/said.js';
import { ToldError } from '../domain/told-error.js';

/** Why a database cannot be worked on as it is. In Korean: `data/codes`, group `Database`. */
export const DATABASE = sentencesOf('Database', {
  FILE_UNREADABLE:
    'DATABASE_URL names {path} as {parameter}, and that file cannot be read ({code}): nothing was connected. Name a file that this account may read.',
  PARAMETER_REFUSED:
    "The pooler at DATABASE_URL does not take the startup parameter {parameter}: nothing was connected. Leave it out of DATABASE_URL (PGOPTIONS counts as well), or add it to the pooler's ignore_startup_parameters, which makes it do nothing.",
  NO_TLS:
    'DATABASE_URL demands TLS (sslmode), and the server offers none: nothing was sent to it. A root certificate without sslmode demands it as well. Turn on ssl in the server, or say sslmode=prefer without a root certificate where the network is trusted.',
  TLS_FAILED:
    'The server at DATABASE_URL offers TLS, and its certificate or ours does not pass ({code}), or each wants to encrypt in another way: nothing was sent to it, in clear text either. See sslmode, sslrootcert, sslcert and sslkey of DATABASE_URL; with verify-full the certificate must name the host.',
  SESSIONS_SHARED:
    'DATABASE_URL leads to a pooler that lends a session to others between transactions (pool_mode = transaction or statement): locks, LISTEN and settings would be lost, and ours would reach the app. Nothing was changed. Use a pool with pool_mode = session for this service, or its PostgreSQL directly.',
  POOLER_FULL:
    'DATABASE_URL leads to a pooler that has no second session for this service (default_pool_size or max_user_connections is too small): it needs about 30 for each process (WORKER_LANES + 29). Nothing was changed. Raise it, or name PostgreSQL directly.',
  UNBOUND:
    'DATABASE_URL says channel_binding=require, and the server offers no SCRAM-SHA-256-PLUS: nothing was sent to it. Let it use scram-sha-256 over TLS, or leave channel_binding out.',
  UNTOUCHED: '{sentence} Nothing was changed.',
  SERVER_TOO_OLD: 'The server is PostgreSQL {version}; the service needs {oldest} or newer. Name such a server in DATABASE_URL.',
  NOT_UTF8:
    'Database {database} is in {encoding}, and UTF8 alone holds every text of the advice. Let DATABASE_URL name one in UTF8: pg_dump and pg_restore move a database into one.',
  STANDBY: 'DATABASE_URL names a standby, which takes no writes. Name the primary server.',
  REPLICATION_ROLE:
    'Sessions of {role} have session_replication_role = {found}, under which keys and triggers do nothing. Run: alter role {role} reset session_replication_role;',
  MAY_NOT_CREATE: '{role} may not make schema batch in database {database}. As its owner run: create schema batch authorization {role};',
  ROWS_HIDDEN:
    'Row-level security may hide rows of {tables} from {role}: patients would be left out without a word. As a superuser run: alter role {role} bypassrls;',
  NO_SEQUENCE: '{table}.id has no sequence of its own, so that nothing can be written there. As the owner of the table run: {statement}',
  OUTGROWN:
    'Schema batch was migrated by a newer release, whose changes this one ({version}, level {level}; the schema wants {least}) cannot work with. Start the newer release in its place.',
  NO_ROLE: 'There is no role {name} on this server. Make it first: create role {quoted} login;',
  NOT_THE_OWNER: 'Only the owner of schema batch gives rights on it. {ask}',
  MIGRATIONS_MISSING: 'Schema batch lacks {missing} migrations of this release, and this role may not make them. {ask}',
  MIGRATED_BY_ANOTHER: 'Another process is migrating this database: it is waited for.',
  ASK_OWNER: 'It belongs to {owner}: run "{migrate}" with a DATABASE_URL whose role is a member of {owner}.',
});

/** The database cannot be worked on as it is. Its sentence says what was found, what it means and what to do, and quotes no secret. */
export class DatabaseRefused extends ToldError {
  override readonly name = 'DatabaseRefused';
}

/** Why, with its English. */
export type Unusable = Told;

/** Why a database is refused. */
export const unusable = DATABASE.tell;
