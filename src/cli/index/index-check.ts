import { withClient } from '../../database/connect.js';
import { DAILY } from '../../domain/programs/daily/program.js';
import { estimateIndex, type IndexEstimate } from '../../records/record-indexes/estimate-index.js';
import { findIndexes, type IndexState } from '../../records/record-indexes/find-indexes.js';
import { measureGain, type Gain } from '../../records/record-indexes/measure-gain.js';
import { concurrentIndexSql, FOOD_RECORD_INDEX } from '../../records/record-indexes/wanted-indexes.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import { missingIndexLines, type MissingIndex } from './index-lines.js';
import type { Shell } from '../shell/shell.js';
import { withTables } from '../database/tables-database.js';

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
