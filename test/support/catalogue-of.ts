import { Client } from 'pg';

const PARTS = [
  `select format('table %s kind %s owner %s grants %s options %s', c.oid::regclass, c.relkind, c.relowner::regrole, c.relacl, c.reloptions)
    from pg_class c where c.relnamespace = $1::regnamespace`,
  `select format('column %s %s %s not null %s default %s identity %s collation %s', a.attrelid::regclass, a.attname,
      format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attcollation::regcollation)
    from pg_attribute a join pg_class c on c.oid = a.attrelid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relnamespace = $1::regnamespace and a.attnum > 0 and not a.attisdropped`,
  `select format('constraint %s %s %s valid %s', n.conrelid::regclass, n.conname, pg_get_constraintdef(n.oid), n.convalidated)
    from pg_constraint n where n.connamespace = $1::regnamespace`,
  `select format('index %s', i.indexdef) from pg_indexes i where i.schemaname = $1`,
  `select format('trigger %s enabled %s', pg_get_triggerdef(t.oid), t.tgenabled)
    from pg_trigger t join pg_class c on c.oid = t.tgrelid where c.relnamespace = $1::regnamespace and not t.tgisinternal`,
  `select format('function %s %s', p.oid::regprocedure, md5(pg_get_functiondef(p.oid))) from pg_proc p where p.pronamespace = $1::regnamespace`,
  `select format('view %s %s', v.viewname, md5(v.definition)) from pg_views v where v.schemaname = $1`,
];

/** Everything that a schema declares, as sorted lines: two databases declare the same exactly when their lines are equal. */
export async function catalogueOf(url: string, schema: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`set search_path = ''`); // so that every name is written in full
    const lines: string[] = [];
    for (const text of PARTS) {
      const { rows } = await client.query<[string]>({ text, values: [schema], rowMode: 'array' });
      lines.push(...rows.map(([line]) => line));
    }
    return lines.toSorted();
  } finally {
    await client.end();
  }
}
