import type pg from 'pg';
import { WANTED_INDEXES, type WantedIndex } from './wanted-indexes.js';

/** What a database has of a wanted index. */
export interface IndexState {
  readonly index: WantedIndex;
  /** `INVALID`: one under our name that an interrupted build left behind; it is kept up with every write and serves no read. */
  readonly status: 'SERVED' | 'MISSING' | 'INVALID';
  /** The index that serves; null when none does. */
  readonly servedBy: string | null;
  /** Quoted where it must be. */
  readonly owner: string;
  /** Whether the role that asks may make it: it must own the table, and have CREATE on the schema. */
  readonly mayCreate: boolean;
}

interface Row {
  readonly table: string;
  readonly servedBy: string | null;
  readonly invalid: boolean;
  readonly owner: string;
  readonly mayCreate: boolean;
}

const FIND = `select wanted.name as table, quote_ident(pg_get_userbyid(c.relowner)) as owner,
    pg_has_role(c.relowner, 'usage') and has_schema_privilege('public', 'create') as "mayCreate",
    (select quote_ident(s.relname) from pg_index i join pg_class s on s.oid = i.indexrelid
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
        join pg_attribute b on b.attrelid = i.indrelid and b.attnum = i.indkey[1]
      where i.indrelid = c.oid and i.indisvalid and i.indpred is null and a.attname = 'user_id' and b.attname = 'record_date'
      order by i.indexrelid limit 1) as "servedBy",
    exists (select from pg_index i where i.indexrelid = to_regclass('public.' || wanted.index) and i.indrelid = c.oid and not i.indisvalid) as invalid
  from unnest($1::text[], $2::text[]) wanted (name, index) join pg_class c on c.oid = to_regclass('public.' || wanted.name)`;

/** Looks for the wanted indexes of those tables that are there. Reads the catalogue only. */
export async function findIndexes(db: Pick<pg.ClientBase, 'query'>): Promise<readonly IndexState[]> {
  const values = [WANTED_INDEXES.map(({ table }) => table), WANTED_INDEXES.map(({ name }) => name)];
  const { rows } = await db.query<Row>(FIND, values);
  return WANTED_INDEXES.flatMap((index) => {
    const row = rows.find(({ table }) => table === index.table);
    return row === undefined ? [] : [stateOf(index, row)];
  });
}

function stateOf(index: WantedIndex, { servedBy, invalid, owner, mayCreate }: Row): IndexState {
  const status = servedBy !== null ? 'SERVED' : invalid ? 'INVALID' : 'MISSING';
  return { index, status, servedBy, owner, mayCreate };
}
