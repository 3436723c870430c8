import type { PatientInputs } from '../../src/domain/advice/patient-inputs.js';
import { localDate, type LocalDate } from '../../src/domain/local-date.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { FoodBookCache } from '../../src/records/food-book-cache.js';
import { PostgresRecords } from '../../src/records/postgres-records.js';
import type { PatientsDatabase } from './patients-database.js';
import { dangersOf } from './safety-oracle.js';

interface Row {
  readonly user_id: number;
  readonly diet_target: { readonly Breakfast: string[]; readonly Lunch: string[]; readonly Dinner: string[]; readonly Summary: string };
  readonly diet_evaluation: string;
  readonly exercise_evaluation: string;
  readonly exercise_target: number;
}

/** The rows that a run wrote and that could hurt their patient, with why; read back from the database and judged by the oracle. */
export async function unsafeRows(database: PatientsDatabase, runId: string, recordDate: LocalDate): Promise<string[]> {
  const catalogue = loadCatalogue();
  const foods = new FoodBookCache(database.pool, catalogue);
  const rows = await database.rows<Row>(
    `select i.* from ibsafe_interventionrecord i join batch.event e on (e.data->>'interventionId')::bigint = i.id
      where e.run_id = $1 and e.type = 'InterventionGenerated' order by i.user_id`,
    [runId],
  );
  const patients = await new PostgresRecords(database.pool, foods).patients(
    rows.map((row) => row.user_id),
    localDate(recordDate),
    DAILY,
  );
  const inputs = new Map<number, PatientInputs>(patients.map((each) => [each.inputs.userId, each.inputs]));
  return rows.flatMap((row) => {
    const { Breakfast, Lunch, Dinner, Summary } = row.diet_target;
    const given = {
      meals: [Breakfast, Lunch, Dinner],
      texts: [row.diet_evaluation, Summary, row.exercise_evaluation],
      goal: row.exercise_target,
    };
    const of = inputs.get(row.user_id);
    if (of === undefined) return [`user ${row.user_id} has advice and no records`];
    return dangersOf(given, of, { book: foods.current, catalogue }).map((danger) => `user ${row.user_id}: ${danger}`);
  });
}
