import { readFoods, readRecords, readRows } from '../../eval/oracle/read-records.js';
import type { LocalDate } from '../../src/domain/local-date.js';
import type { PatientsDatabase } from './patients-database.js';
import { oracleOf } from './safety-oracle.js';

const OF_RUN = `i.record_date = $2::date and i.id in (
  select (e.data->>'interventionId')::bigint from batch.event e where e.run_id = $1 and e.type = 'InterventionGenerated')`;

/** The rows that a run wrote and that could hurt or mislead their patient, with why; read back from the database and judged by the oracle, records and all. */
export async function unsafeRows(database: PatientsDatabase, runId: string, recordDate: LocalDate): Promise<string[]> {
  const foods = await readFoods(database.pool);
  const found: string[] = [];
  for (const { userId, row } of await readRows(database.pool, OF_RUN, [runId, recordDate])) {
    const { isJudged, findings } = oracleOf('ko').judge(row, await readRecords(database.pool, userId, recordDate), foods);
    if (!isJudged) found.push(`user ${userId} has a row of no vocabulary`);
    found.push(...findings.map((finding) => `user ${userId}: ${finding}`));
  }
  return found;
}
