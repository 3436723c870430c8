import type { PatientsDatabase } from './patients-database.js';

// Everything that advice consists of. Ids, and when it was written, belong to the database it is in.
const COLUMNS = `user_id, record_date, target_date, gubun, diet_evaluation, diet_target, food_evaluation, input_fodmap_count, sleep_evaluation,
  sleep_target, exercise_evaluation, exercise_target, processing_time, error_message, input_allergies, input_restrictions, input_recent_3days,
  input_week_step, input_today_diet, outputs, input_today_sleep, input_use_rag, input_ollama_model`;

/** How many interventions a date has, and one hash over every column of advice, byte for byte. */
export async function adviceHash(database: PatientsDatabase, recordDate: string): Promise<{ rows: number; hash: string }> {
  const text = `select count(*)::int as rows, md5(string_agg(advice::text, E'\\n' order by user_id, gubun)) as hash
    from (select ${COLUMNS} from ibsafe_interventionrecord where record_date = $1) advice`;
  const [found] = await database.rows<{ rows: number; hash: string }>(text, [recordDate]);
  return found ?? { rows: 0, hash: '' };
}
