import { IBSAFE } from './ibsafe-names.js';

const TABLE = `'${IBSAFE.interventions}'::regclass`;
// A trigger, or a rule of a value, may be on the table or on one of its partitions; a table without partitions has no tree.
const TABLES = `select ${TABLE} union all select relid from pg_partition_tree(${TABLE})`;

// A trigger of the app may change the row on its way in, or take it away once it is there, of which neither COPY nor RETURNING tells. INSERT and UPDATE are the bits 4 and 16 of its type.
const TRIGGERED = `exists (select from pg_trigger where tgrelid in (${TABLES}) and not tgisinternal and tgenabled in ('O', 'A') and tgtype & 20 <> 0)`;

// Functions run as well in what a value must be (of the table, and of the domains there are), in what stands where none is given, and in an index. Those of the server itself do nothing to a session but one.
const SETS = `'%:funcid ' || 'pg_catalog.set_config(text, text, boolean)'::regprocedure::oid || ' %'`;
const THEM = `any(array(${TABLES}))`; // by which catalogues are looked up, instead of read
const CALLED = `exists (select from (
    select 'pg_constraint'::regclass as class, oid, conbin as code from pg_constraint where contype = 'c' and conrelid = ${THEM}
    union all select 'pg_constraint'::regclass, oid, conbin from pg_constraint where contypid <> 0
    union all select 'pg_attrdef'::regclass, oid, adbin from pg_attrdef where adrelid = ${THEM}
    union all select 'pg_class'::regclass, indexrelid, indexprs from pg_index where indrelid = ${THEM} and (indexprs is not null or indpred is not null)
  ) c, lateral (select c.code::text like ${SETS} or exists (select from pg_depend d
    where d.classid = c.class and d.objid = c.oid and d.refclassid in ('pg_proc'::regclass, 'pg_operator'::regclass)) as is_called offset 0) d where d.is_called)`;

/** Whether code that is not ours runs in a session that writes there: it may change a row or take it away, and the session itself. */
export const HAS_FOREIGN_CODE = `(${TRIGGERED} or ${CALLED})`;

/**
 * Whether the key of a row is asked at once, and not at the commit; null where there is none. By ON CONFLICT a row finds the one that is there: it wants a key of these columns, of all rows, whatever
 * else the index holds, and a table whose statements no rule rewrites. COPY asks for neither.
 */
export const isKeyAtOnce = (
  table = TABLE,
): string => `(select bool_and(i.indimmediate) from pg_index i where i.indrelid = ${table} and i.indisunique and i.indisvalid
  and i.indpred is null and i.indexprs is null and i.indnkeyatts = 3 and 3 = (select count(*) from pg_attribute a
    where a.attrelid = i.indrelid and a.attnum = any((i.indkey::int2[])[0:2]) and a.attname in ('user_id', 'record_date', 'gubun')))`;

/** Whether a rule rewrites what is written there. A rule on UPDATE stands in the way of ON CONFLICT even where it is switched off. */
export const IS_RULED = `exists (select from pg_rewrite where ev_class = ${TABLE} and (ev_type = '2' or (ev_type = '3' and ev_enabled in ('O', 'A'))))`;
