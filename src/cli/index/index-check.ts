import { withClient } from '../../database/connect.js';
import { DAILY } from '../../domain/programs/daily/program.js';
import { estimateIndex, type IndexEstimate } from '../../records/record-indexes/estimate-index.js';
import { findIndexes, type IndexState } from '../../records/record-indexes/find-indexes.js';
import { measureGain, type Gain } from '../../records/record-indexes/measure-gain.js';
import { concurrentIndexSql, FOOD_RECORD_INDEX } from '../../records/record-indexes/wanted-indexes.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { withTables } from '../database/tables-database.js';
import { asTyped } from '../../base/as-typed.js';
import { count, duration } from '../screen/figures.js';
import { padToWidth } from '../screen/text-width.js';
import { say } from '../words/catalogue.js';

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
export function missingIndexLines({ index, status, owner, mayCreate, sql, estimate, gain }: MissingIndex): string[] {
  const { rows, bytes, history } = estimate;
  const create = asTyped('index create');
  const days = history === null ? undefined : { days: count(history.days), from: history.from, to: history.to };
  return [
    say('noIndex', { table: index.table }),
    ...(status === 'INVALID' ? [row('LEFTOVER', say('indexInvalid', { index: index.name, create }))] : []),
    row('ROWS', days === undefined ? say('noRows') : say('rowsOfDays', { rows: count(rows), ...days })),
    row('COST', say('indexCost', { size: megabytes(bytes) })),
    ...(gain === null ? [] : gainLines(gain)),
    row('LOCKS', say('indexLocks')),
    row(undefined, say('indexWaits')),
    row('STATEMENT', sql),
    row('MAKE', mayCreate ? create : say('onlyOwnerMakes', { owner })),
  ];
}

function gainLines({ roster, users, recordDate, now, withIndex }: Gain): string[] {
  const chunks = Math.ceil(roster / users);
  const line = ({ ms, blocks }: Gain['now']): string =>
    say('readTakes', {
      ms: milliseconds(ms),
      users: count(users),
      blocks: count(blocks),
      time: duration((ms * chunks) / 1_000),
      roster: count(roster),
    });
  const first = row('NOW', say('readTakesNow', { read: line(now), date: recordDate, first: milliseconds(now.firstMs) }));
  return [first, row('THEN', withIndex === null ? say('gainUnmeasured') : say('gainMeasured', { read: line(withIndex) }))];
}

function milliseconds(ms: number): string {
  return `${ms < 10 ? ONE_DECIMAL.format(ms) : count(Math.round(ms))} ms`;
}

/** In the order in which the catalogue names them. */
const ROWS = ['LEFTOVER', 'ROWS', 'COST', 'LOCKS', 'STATEMENT', 'MAKE', 'NOW', 'THEN'] as const;

function row(which: (typeof ROWS)[number] | undefined, text: string): string {
  const name = which === undefined ? '' : (say('indexHeads').split('|')[ROWS.indexOf(which)] ?? '');
  return `  ${padToWidth(name, 10)} ${text}`;
}

/** Tells which indexes are lacking and what each would cost and gain here. Changes nothing; 0 whatever it finds. */
export async function indexCheck(shell: Shell): Promise<ExitCode> {
  return withTables(shell, async (url) => {
    const { states, missing } = await look(shell, url);
    for (const { index, status, servedBy } of states)
      if (status === 'SERVED') shell.print(say('indexServes', { table: index.table, index: servedBy ?? '' }));
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
