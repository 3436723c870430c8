import type pg from 'pg';
import { ALL_PROGRAMS } from '../domain/programs/all-programs.js';
import { WRITTEN } from './ibsafe-columns.js';
import { typesThere, type FoundType } from './unfit-columns.js';

/** Characters of the longest evaluation that there may be, in any language. */
export const LONGEST_TEXT = 2_000;
/** Of a model's name, as IBSafe's own column has it. */
const LONGEST_NAME = 100;

/** Characters, or digits before the point, that a column must have room for. Documents have no longest; what is always empty needs no room. */
const ROOM: Readonly<Record<string, number>> = {
  gubun: Math.max(...ALL_PROGRAMS.map(({ gubun }) => gubun.length)),
  diet_evaluation: LONGEST_TEXT,
  exercise_evaluation: LONGEST_TEXT,
  sleep_evaluation: LONGEST_TEXT,
  input_ollama_model: LONGEST_NAME,
  food_evaluation: 0,
  error_message: 0,
  exercise_target: 5,
  sleep_target: 2,
  input_today_sleep: 2,
  processing_time: 4,
};

/** A column that has no room for what is written there. */
export interface NarrowColumn {
  /** With its table before it. */
  readonly column: string;
  /** Its type with its limit, as `varchar(20)`. */
  readonly found: string;
  /** Characters or digits; `text` where there is no longest. */
  readonly room: string;
}

/** Bytes that PostgreSQL counts into a limit beside what it limits. */
const HEADER = 4;
const LENGTHS: ReadonlySet<string> = new Set(['varchar', 'bpchar']);

/** Columns of the table that is written which are too narrow. */
export function narrowOf(there: ReadonlyMap<string, FoundType>): NarrowColumn[] {
  return Object.keys(WRITTEN.columns).flatMap((name) => {
    const column = `${WRITTEN.table}.${name}`;
    const found = there.get(column);
    const room = ROOM[name] ?? Infinity;
    const has = found === undefined ? Infinity : roomOf(found);
    if (found === undefined || has >= room) return [];
    const of = LENGTHS.has(found.base) ? found.limit - HEADER : `${has} digits`;
    return [{ column, found: `${found.type}(${of})`, room: Number.isFinite(room) ? String(room) : 'text' }];
  });
}

/** Characters of a text, digits before the point of a number, or any. */
function roomOf({ base, limit }: FoundType): number {
  if (limit < HEADER) return Infinity;
  if (LENGTHS.has(base)) return limit - HEADER;
  if (base !== 'numeric') return Infinity;
  return ((limit - HEADER) >> 16) - ((limit - HEADER) & 0x7ff);
}

/** @throws NarrowColumns where a column has no room for what is written, which would be so of each user whose turn comes */
export async function requireRoom(client: Pick<pg.ClientBase, 'query'>): Promise<void> {
  const narrow = narrowOf(await typesThere(client));
  if (narrow.length > 0) throw new NarrowColumns(narrow);
}

/** IBSafe's table has no room for advice: no user's fault, and the same for each. */
class NarrowColumns extends Error {
  override readonly name = 'NarrowColumns';
  readonly code = 'COLUMNS_NARROW';
  constructor(narrow: readonly NarrowColumn[]) {
    super(
      `columns have no room for what is written: ${narrow.map(({ column, found, room }) => `${column} (${found}, needed ${room})`).join(', ')}`,
    );
  }
}
