import type { ClientBase } from 'pg';

interface Definition {
  readonly drop: string;
  readonly create: string;
}

/**
 * Takes foreign keys, unique keys and indexes (all but primary keys, on which the foreign keys rest) off tables of schema `public`, and returns the function that puts the
 * same ones back. Both belong in one transaction, so that no reader ever sees the tables without them.
 *
 * Measured with 20,000 users of 7 days: 10.1 s with all keys in place, 5.0 s without the foreign keys, 3.7 s without the indexes too. Deferred
 * foreign keys would also queue one check per row in the server's memory until the end, which a million users would fill.
 */
export async function pauseKeys(client: ClientBase, tables: readonly string[]): Promise<() => Promise<void>> {
  const definitions = [...(await constraints(client, tables)), ...(await plainIndexes(client, tables))];
  for (const { drop } of definitions) await client.query(drop);
  return async () => {
    for (const { create } of definitions) await client.query(create);
  };
}

async function constraints(client: ClientBase, tables: readonly string[]): Promise<Definition[]> {
  const { rows } = await client.query<Definition>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
            format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as create
       from pg_constraint
      where conrelid = any (select ('public.' || name)::regclass from unnest($1::text[]) as name) and contype in ('f', 'u')
      order by contype, conrelid, conname`,
    [tables],
  );
  return rows;
}

async function plainIndexes(client: ClientBase, tables: readonly string[]): Promise<Definition[]> {
  const { rows } = await client.query<Definition>(
    `select format('drop index %s', indexrelid::regclass) as drop, pg_get_indexdef(indexrelid) as create
       from pg_index
      where indrelid = any (select ('public.' || name)::regclass from unnest($1::text[]) as name)
        and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
      order by indexrelid`,
    [tables],
  );
  return rows;
}
