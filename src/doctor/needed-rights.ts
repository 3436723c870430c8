import { READ, WRITTEN } from './ibsafe-columns.js';

/** A right on a table of IBSafe's. */
export interface NeededRight {
  readonly table: string;
  readonly privilege: 'select' | 'insert' | 'update';
  /** Columns that suffice; empty where it is the whole table. */
  readonly columns: readonly string[];
}

const columnsOf = ({ columns }: { readonly columns: object }): string[] => Object.keys(columns);

/** Rights on IBSafe's tables, each needed where its table is there. docs/deploy/connecting.md has them as grants, and tests work with an account that has those alone. */
export const NEEDED_RIGHTS: readonly NeededRight[] = [
  ...READ.map((needed) => ({ table: needed.table, privilege: 'select' as const, columns: columnsOf(needed) })),
  { table: 'ibsafe_batchschedule', privilege: 'select', columns: [] },
  ...(['select', 'insert', 'update'] as const).map((privilege) => ({ table: WRITTEN.table, privilege, columns: columnsOf(WRITTEN) })),
];

/** The right on the sequence of the interventions' ids. */
export const NEEDED_SEQUENCE = 'usage';
