import { withClient } from '../../database/connect.js';
import { DAILY } from '../../domain/programs/daily/program.js';
import { estimateIndex, type IndexEstimate } from '../../records/record-indexes/estimate-index.js';
import { findIndexes, type IndexState } from '../../records/record-indexes/find-indexes.js';
import { measureGain, type Gain } from '../../records/record-indexes/measure-gain.js';
import { concurrentIndexSql, FOOD_RECORD_INDEX } from '../../records/record-indexes/wanted-indexes.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { withTables } from '../database/tables-database.js';
import { asTyped } from '../../as-typed.js';
import { count, duration } from '../screen/figures.js';

/** What is known of an index that is lacking. */
interface MissingIndex extends IndexState {
  readonly sql: string;
  readonly estimate: IndexEstimate;
  /** Null where it cannot be measured: no user is on the roster, there are no records, or it is not the read of food records that lacks it. */
  readonly gain: Gain | null;
}

const MB = 1e6;
const ONE_DECIMAL = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** Bytes for people: `4.2 MB`. */
export function megabytes(bytes: number): string {
  return `${bytes < 10 * MB ? ONE_DECIMAL.format(bytes / MB) : count(Math.round(bytes / MB))} MB`;
}

/** What an operator decides by: cost, gain, locks, and the statement itself. */
function missingIndexLines({ index, status, owner, mayCreate, sql, estimate, gain }: MissingIndex): string[] {
  const { rows, bytes, history } = estimate;
  const days = history === null ? 'none' : `about ${count(rows)}, of ${count(history.days)} days (${history.from} to ${history.to})`;
  return [
    `public.${index.table}: no index begins with (user_id, record_date).`,
    ...(status === 'INVALID'
      ? [row('Leftover', `${index.name} is invalid: a build was interrupted. "${asTyped('index create')}" drops it first.`)]
      : []),
    row('Rows', days),
    row('Cost', `about ${megabytes(bytes)} on disk, and one more entry to write with each record`),
    ...(gain === null ? [] : gainLines(gain)),
    row('Locks', 'reading and writing go on while it is made; VACUUM and changes of the table’s columns wait (SHARE UPDATE EXCLUSIVE).'),
    row('', 'It waits for each transaction that is open when it begins, and reads the table twice. Readers of the log do not wait for it.'),
    row('Statement', sql),
    row('Make it', mayCreate ? asTyped('index create') : `only ${owner}, who owns the table, may: hand the statement over.`),
  ];
}

function gainLines({ roster, users, recordDate, now, withIndex }: Gain): string[] {
  const chunks = Math.ceil(roster / users);
  const line = ({ ms, blocks }: Gain['now']): string =>
    `${milliseconds(ms)} for ${count(users)} users and ${count(blocks)} blocks of food records; ${duration((ms * chunks) / 1_000)} in a run over ${count(roster)}`;
  const lines = [row('Read now', `${line(now)} (records of ${recordDate}; ${milliseconds(now.firstMs)} when first read)`)];
  if (withIndex === null) {
    const known =
      'not measured, as this role may make no temporary table. Elsewhere, with 180 days of records, it read in a tenth of the time.';
    return [...lines, row('With it', known)];
  }
  return [...lines, row('With it', `${line(withIndex)}, measured on a copy of these users’ records`)];
}

function milliseconds(ms: number): string {
  return `${ms < 10 ? ONE_DECIMAL.format(ms) : count(Math.round(ms))} ms`;
}

function row(name: string, text: string): string {
  return `  ${name.padEnd(10)} ${text}`;
}

/** Tells which indexes are lacking and what each would cost and gain here. Changes nothing; 0 whatever it finds. */
export async function indexCheck(shell: Shell): Promise<ExitCode> {
  return withTables(shell, async (url) => {
    const { states, missing } = await look(shell, url);
    for (const { index, status, servedBy } of states) if (status === 'SERVED') shell.print(`public.${index.table}: ${servedBy} serves.`);
    for (const one of missing) for (const line of missingIndexLines(one)) shell.print(line);
    shell.printJson({ indexes: [...states.filter(({ status }) => status === 'SERVED'), ...missing].map(documentOf) });
    return EXIT.done;
  });
}

function look({ config }: Shell, url: string): Promise<{ states: readonly IndexState[]; missing: readonly MissingIndex[] }> {
  return withClient({ url, name: 'index check' }, async (client) => {
    const states = await findIndexes(client);
    const missing: MissingIndex[] = [];
    for (const state of states) {
      if (state.status === 'SERVED') continue;
      const estimate = await estimateIndex(client, state.index);
      missing.push({ ...state, sql: concurrentIndexSql(state.index), estimate, gain: await gainOf(url, state, { estimate, chunkSize: config.BATCH_CHUNK_SIZE }) }); // prettier-ignore
    }
    return { states, missing };
  });
}

async function gainOf(
  url: string,
  { index }: IndexState,
  { estimate, chunkSize }: { estimate: IndexEstimate; chunkSize: number },
): Promise<Gain | null> {
  if (index !== FOOD_RECORD_INDEX || estimate.history === null) return null;
  return measureGain(url, { chunkSize, recordDate: estimate.history.lateDay, gubun: DAILY.gubun });
}

function documentOf({ index, ...rest }: IndexState | MissingIndex): object {
  return { table: index.table, name: index.name, ...rest };
}
