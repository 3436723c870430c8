import { sentencesOf } from '../../domain/said.js';
import { ToldError } from '../../domain/told-error.js';
import type pg from 'pg';
import type { Client } from 'pg';
import { LOCK_NOT_AVAILABLE, newClient } from '../../database/connect.js';
import { findIndexes, type IndexState } from './find-indexes.js';
import { concurrentIndexSql, type WantedIndex } from './wanted-indexes.js';

/** How far PostgreSQL has come with an index. */
export interface BuildState {
  /** PostgreSQL's own words for the step, such as `building index: scanning table`. */
  readonly phase: string;
  /** Blocks of 8 kB, entries, or sessions that are waited for: what the step counts. */
  readonly done: number;
  /** Null of a step that counts nothing. */
  readonly total: number | null;
}

// What earlier steps counted stays in the view: each step is asked for its own count.
const STATE = `select phase, coalesce(case when phase like 'waiting%' then lockers_done when phase like '%scanning%' then blocks_done
      when phase like '%loading%' then tuples_done end, 0)::float8 as done,
    nullif(case when phase like 'waiting%' then lockers_total when phase like '%scanning%' then blocks_total
      when phase like '%loading%' then tuples_total end, 0)::float8 as total
  from pg_stat_progress_create_index where pid = $1`;

/** Asks how far a session's build is; undefined when it builds nothing now. */
async function readBuild(db: Pick<pg.ClientBase, 'query'>, pid: number): Promise<BuildState | undefined> {
  return (await db.query<BuildState>(STATE, [pid])).rows[0];
}

/** How a build is watched and ended. */
export interface CreateOptions {
  readonly onProgress: (state: BuildState) => void;
  /** Aborts the build; what is half made is taken away. */
  readonly signal: AbortSignal;
}

/** What became of the wish for an index. */
export interface CreatedIndex {
  /** Whether it was made now; it may have been there, or another session made it meanwhile. */
  readonly created: boolean;
  /** Whether an invalid one that an interrupted build had left was dropped first. */
  readonly droppedLeftover: boolean;
  readonly bytes: number;
  readonly durationMs: number;
}

/** Why an index cannot be made. In Korean: `data/codes`, group `Index`. */
export const INDEXES = sentencesOf('Index', {
  NO_TABLE: "there is no table public.{table} here: let DATABASE_URL name IBSafe's own database",
  OWNER_ALONE:
    'only {owner}, the owner of public.{table}, may make its index, with the right to create in schema public. Hand this over: {statement}',
  SESSION_AT_WORK:
    'another session (pid {pids}) is at work on public.{table}: an index build, a VACUUM or a change of its columns. Try again when it has ended',
  UNKNOWN_PID: 'unknown',
});

/** The index cannot be made now. The message says why and what to do. */
class IndexRefused extends ToldError {
  override readonly name = 'IndexRefused';
}

/** How long another session's work on the table is waited for, in ms, before the operator is told of it. */
const PATIENCE_MS = 3_000;
const LOOK_MS = 200;
/**
 * Makes an index while reading and writing go on. An invalid one that an earlier, interrupted build left is dropped first; one that this build
 * leaves when it fails or is aborted is dropped before the error is thrown on.
 * @throws IndexRefused when the role does not own the table, or another session holds it
 */
export async function createIndex(url: string, index: WantedIndex, options: CreateOptions): Promise<CreatedIndex> {
  const began = performance.now();
  await using builder = await connect(url);
  const { client } = builder;
  refuseStranger(await stateOf(client, index));
  await waitForTable(client, index);
  const state = await stateOf(client, index); // another session may have made it while we waited
  const made = { created: state.status !== 'SERVED', droppedLeftover: state.status === 'INVALID' };
  if (made.droppedLeftover) await client.query(`drop index concurrently public.${index.name}`);
  if (made.created) await build(url, { client, index, ...options });
  const bytes = await sizeOf(client, `public.${state.servedBy ?? index.name}`);
  return { ...made, bytes, durationMs: performance.now() - began };
}

interface Build extends CreateOptions {
  readonly client: Client;
  readonly index: WantedIndex;
}

async function build(url: string, { client, index, onProgress, signal }: Build): Promise<void> {
  await using watcher = await connect(url);
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const pid = rows[0]?.pid ?? 0;
  const cancel = (): void => void watcher.client.query('select pg_cancel_backend($1)', [pid]).catch(() => undefined);
  const look = (): void => void readBuild(watcher.client, pid).then((state) => state && onProgress(state), () => undefined); // prettier-ignore
  const timer = setInterval(look, LOOK_MS);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    signal.throwIfAborted();
    await client.query(concurrentIndexSql(index));
  } catch (error) {
    await dropLeftover(watcher.client, index); // by the other connection: the builder's own may be what broke
    throw error;
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', cancel);
  }
}

async function dropLeftover(client: Client, index: WantedIndex): Promise<void> {
  if ((await stateOf(client, index)).status === 'INVALID') await client.query(`drop index concurrently public.${index.name}`);
}

async function stateOf(client: Client, index: WantedIndex): Promise<IndexState> {
  const state = (await findIndexes(client)).find((one) => one.index.name === index.name);
  if (state === undefined) throw new IndexRefused(INDEXES.tell('NO_TABLE', { table: index.table }));
  return state;
}

function refuseStranger({ status, mayCreate, owner, index }: IndexState): void {
  if (status === 'SERVED' || mayCreate) return;
  throw new IndexRefused(INDEXES.tell('OWNER_ALONE', { owner, table: index.table, statement: concurrentIndexSql(index) }));
}

/** Waits until no other session changes the table's shape: an index under construction also looks invalid, and must not be dropped. */
async function waitForTable(client: Client, { table }: WantedIndex): Promise<void> {
  try {
    await client.query(`begin; set local lock_timeout = ${PATIENCE_MS}; lock table public.${table} in share update exclusive mode; commit`);
  } catch (error) {
    await client.query('rollback');
    if ((error as { code?: unknown }).code !== LOCK_NOT_AVAILABLE) throw error;
    const pids = await holdersOf(client, table);
    throw new IndexRefused(INDEXES.tell('SESSION_AT_WORK', { pids: pids.length === 0 ? INDEXES.tell('UNKNOWN_PID').said : pids, table }));
  }
}

async function holdersOf(client: Client, table: string): Promise<string[]> {
  const text = `select distinct pid from pg_locks where relation = 'public.${table}'::regclass and granted and pid <> pg_backend_pid()
    and mode in ('ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')`;
  const { rows } = await client.query<{ pid: number }>(text);
  return rows.map(({ pid }) => String(pid));
}

async function sizeOf(client: Client, index: string): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>('select pg_relation_size($1::regclass) as bytes', [index]);
  return Number(rows[0]?.bytes ?? 0);
}

/** A connection without limits of time: a build takes as long as it takes. */
async function connect(url: string): Promise<{ client: Client } & AsyncDisposable> {
  const client = newClient({ url, name: 'index create', lockMs: 0 }); // a build waits for every transaction that is older: how many are left is shown, and it can be ended
  await client.connect();
  return { client, [Symbol.asyncDispose]: () => client.end().catch(() => undefined) };
}
