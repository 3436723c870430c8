/** Settings by which the same statement means, finds or returns something else, or ends early: what an operator may well have set for others. */
export const HOSTILE: readonly (readonly [name: string, value: string, since?: number])[] = [
  ['datestyle', 'SQL, DMY'],
  ['intervalstyle', 'sql_standard'],
  ['timezone', 'Pacific/Apia'],
  ['bytea_output', 'escape'],
  ['standard_conforming_strings', 'off'],
  ['extra_float_digits', '-15'],
  ['array_nulls', 'off'],
  ['transform_null_equals', 'on'],
  ['quote_all_identifiers', 'on'],
  ['client_encoding', 'LATIN1'],
  ['statement_timeout', '15'],
  ['lock_timeout', '1'],
  ['idle_in_transaction_session_timeout', '15'],
  // Long enough for a busy machine to come to the first statement, which undoes them.
  ['idle_session_timeout', '5000'],
  ['transaction_timeout', '5000', 17],
  ['default_transaction_isolation', 'serializable'],
  ['default_transaction_read_only', 'on'],
  ['default_transaction_deferrable', 'on'],
  ['exit_on_error', 'on'],
  ['plan_cache_mode', 'force_generic_plan'],
  ['jit', 'on'],
  ['jit_above_cost', '0'],
  ['synchronous_commit', 'off'],
];

/** Search paths, each with what makes it dangerous; `DECOYS` come before it. */
export const HOSTILE_PATHS = [`''`, 'decoy, public', '"$user", decoy, public', 'decoy, pg_catalog, public'] as const;

const TABLES = [
  'auth_user',
  'ibsafe_userprofile',
  'ibsafe_food',
  'ibsafe_userfoodrecord',
  'ibsafe_userexerciserecord',
  'ibsafe_usersleeprecord',
];
const EMPTY = [...TABLES, 'ibsafe_interventionrecord', 'ibsafe_batchschedule'].map(
  (name) => `create table decoy.${name} (like public.${name})`,
);

/**
 * A schema with empty tables by the names of IBSafe's, and of ours; and with functions by the names of PostgreSQL's, which a path before `pg_catalog` would
 * find first.
 */
export const DECOYS = [
  'create schema decoy',
  ...EMPTY,
  'create table decoy.event_log (like batch.event_log)',
  'create table decoy.agenda_jobs (like batch.agenda_jobs)',
  `create function decoy.now() returns timestamptz language sql as $$ select timestamptz '1999-12-31' $$`,
  `create function decoy.clock_timestamp() returns timestamptz language sql as $$ select timestamptz '1999-12-31' $$`,
  `create function decoy.pg_backend_pid() returns int language sql as $$ select 1 $$`,
  `create function decoy.set_config(text, text, boolean) returns text language sql as $$ select 'nothing was set' $$`,
  `create function decoy.current_setting(text) returns text language sql as $$ select '0' $$`,
  `create function decoy.nextval(regclass) returns bigint language sql as $$ select 7::bigint $$`,
  `create function decoy.hashtext(text) returns int language sql as $$ select 1 $$`,
];
