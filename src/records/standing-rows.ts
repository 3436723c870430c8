import type pg from 'pg';
import { IBSAFE } from './ibsafe-names.js';
import { INTERVENTION_COLUMNS } from './intervention-rows.js';

/** A row's fields as binary parameters, in the order of the columns. */
export type Fields = readonly (Buffer | null)[];

type Column = (typeof INTERVENTION_COLUMNS)[number];
const KEY = ['user_id', 'gubun', 'record_date'] as const satisfies readonly Column[];

/** What a row says: all that a patient is shown of it, what makes it advice, and what a recall finds it by. Of the rest the app may have a word of its own. */
export const SAYING = {
  target_date: 'date', diet_evaluation: 'text', diet_target: 'jsonb', food_evaluation: 'text', sleep_evaluation: 'text', sleep_target: 'float8',
  exercise_evaluation: 'text', exercise_target: 'int4', error_message: 'text', outputs: 'jsonb',
} as const satisfies Partial<Record<Column, string>>; // prettier-ignore

const TYPES: readonly [Column, string][] = [
  ['user_id', 'int4'],
  ['gubun', 'text'],
  ['record_date', 'date'],
  ...(Object.entries(SAYING) as [Column, string][]),
];
const PLACES = TYPES.map(([column]) => INTERVENTION_COLUMNS.indexOf(column));

/** Rows of one statement, which takes 65,535 parameters. */
const MAX_ROWS = Math.floor(65_535 / TYPES.length);

/** Byte for byte: a collation of the app's may take two texts for one. */
const isAsSent = ([column, type]: readonly [string, string]): string =>
  `i.${column}::${type}${type === 'text' ? ' collate "C"' : ''} is not distinct from s.${column}`;

function standingOf(rows: number): string {
  const row = (at: number): string => `(${TYPES.map(([, type], place) => `$${at * TYPES.length + place + 1}::${type}`).join(', ')})`;
  return `select i.user_id::int4 as "user", i.id::float8 as id
    from (values ${Array.from({ length: rows }, (_, at) => row(at)).join(', ')}) as s (${TYPES.map(([column]) => column).join(', ')})
    join ${IBSAFE.interventions} i on ${KEY.map((column) => `i.${column} = s.${column}`).join(' and ')}
    where ${Object.entries(SAYING).map(isAsSent).join(' and ')}`;
}

/**
 * Which of these rows stand as they were sent, under their keys and saying the same, and under which ids: a trigger of the app may give a row another id, move it, take it away, or write another text
 * into it, of which neither COPY nor RETURNING tells.
 */
export async function standingAsSent(client: pg.ClientBase, rows: readonly Fields[]): Promise<ReadonlyMap<number, number>> {
  const ids = new Map<number, number>();
  for (let from = 0; from < rows.length; from += MAX_ROWS) {
    const some = rows.slice(from, from + MAX_ROWS);
    const values = some.flatMap((fields) => PLACES.map((place) => fields[place]));
    const { rows: found } = await client.query<{ user: number; id: number }>(standingOf(some.length), values);
    for (const { user, id } of found) ids.set(user, id);
  }
  return ids;
}
