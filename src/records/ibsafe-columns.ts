import { ALLERGY_COLUMN_LIST, INTOLERANCE_COLUMN } from './allergy-columns.js';
import { INTERVENTION_TYPES, type ColumnType } from './intervention-types.js';

/** What the service asks of a table of IBSafe's. */
export interface NeededTable {
  readonly table: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Columns that are read where they are there, of whatever type. */
  readonly readIfThere?: readonly string[];
}

const ALLERGY_FLAGS = Object.fromEntries([...ALLERGY_COLUMN_LIST, INTOLERANCE_COLUMN].map((flag) => [flag, 'bool' as const]));

/** The table that is written, and its types to the letter: rows travel in the binary format, where an int8 is no int4. */
export const WRITTEN: NeededTable = { table: 'ibsafe_interventionrecord', columns: INTERVENTION_TYPES };

/** The tables that are read (IBSAFE.md, 2). */
export const READ: readonly NeededTable[] = [
  { table: 'auth_user', columns: { id: 'int4', is_active: 'bool', is_staff: 'bool' } },
  {
    table: 'ibsafe_userprofile',
    columns: {
      user_id: 'int4',
      birth_date: 'date',
      water_intake: 'int4',
      has_breakfast: 'bool',
      has_lunch: 'bool',
      has_dinner: 'bool',
      food_preference: 'text',
      ...ALLERGY_FLAGS,
    },
    readIfThere: ['height', 'weight'],
  },
  {
    table: 'ibsafe_food',
    columns: { id: 'int8', food_code: 'text', food_name: 'text', fodmap: 'text', fodmap_basis: 'text', dietary_fiber_g: 'numeric' },
  },
  {
    table: 'ibsafe_userfoodrecord',
    columns: { user_id: 'int4', food_id: 'int8', meal_type: 'text', amount: 'numeric', record_date: 'date' },
  },
  { table: 'ibsafe_userexerciserecord', columns: { user_id: 'int4', current_steps: 'int4', record_date: 'date' } },
  { table: 'ibsafe_usersleeprecord', columns: { user_id: 'int4', sleep_minutes: 'int4', record_date: 'date' } },
];
