import { IBSAFE } from './ibsafe-names.js';
import { INTERVENTION_COLUMNS } from './intervention-rows.js';

/** A type by PostgreSQL's short name; texts of any kind are one. */
export type ColumnType = 'int4' | 'int8' | 'bool' | 'date' | 'timestamptz' | 'float8' | 'jsonb' | 'numeric' | 'text';

/** The types in which rows travel, in the binary format: an int8 is no int4 there. */
export const INTERVENTION_TYPES: Readonly<Record<(typeof INTERVENTION_COLUMNS)[number], ColumnType>> = {
  id: 'int8', user_id: 'int4', gubun: 'text', record_date: 'date', target_date: 'date', diet_evaluation: 'text', diet_target: 'jsonb',
  food_evaluation: 'text', input_fodmap_count: 'jsonb', sleep_evaluation: 'text', sleep_target: 'float8', exercise_evaluation: 'text', exercise_target: 'int4',
  processing_time: 'float8', error_message: 'text', input_allergies: 'jsonb', input_restrictions: 'jsonb', input_recent_3days: 'jsonb', input_week_step: 'jsonb',
  input_today_diet: 'jsonb', input_today_sleep: 'float8', input_use_rag: 'bool', input_ollama_model: 'text', outputs: 'jsonb',
  created_at: 'timestamptz', updated_at: 'timestamptz',
}; // prettier-ignore

/** Of so many rows, their fields as parameters that say their types: what PostgreSQL makes of them is the column's own, whichever it is. */
export function typedRows(rows: number): string {
  const width = INTERVENTION_COLUMNS.length;
  const row = (at: number): string =>
    `(${INTERVENTION_COLUMNS.map((column, place) => `$${at * width + place + 1}::${INTERVENTION_TYPES[column]}`).join(', ')})`;
  return Array.from({ length: rows }, (_, at) => row(at)).join(', ');
}

const EXPECTED = Object.entries(INTERVENTION_TYPES)
  .map(([column, type]) => `('${column}', '${type}')`)
  .join(', ');

/** Whether a column of the table is of another type than rows travel in, which COPY would read wrongly: bytes are all that it is given. Any type of texts takes the bytes of a text. */
export const ARE_OTHER_TYPES = `exists (select from pg_attribute a join pg_type t on t.oid = a.atttypid join (values ${EXPECTED}) as e (name, type) on e.name = a.attname
  where a.attrelid = '${IBSAFE.interventions}'::regclass and not (case when e.type = 'text' then t.typcategory = 'S' else t.oid = e.type::regtype end))`;
