import { MikroORM, type Options } from '@mikro-orm/postgresql';
import { PostgresDialect, type PostgresPool } from 'kysely';
import { TypeOverrides, type Pool } from 'pg';
import { closePool, openPool, type PoolOptions } from './pool.js';

/** Types that MikroORM reads itself, from their text: date, timestamp, timestamptz, interval. */
const READ_BY_ORM = [1082, 1114, 1184, 1186];

/** ms that a statement may still run when it is closed. */
const CLOSING_MS = 200;

/** What Kysely asks of a pool. A transaction whose connection dies is never given back there, and pg's own `end` waits for it without end. */
function lent(pool: Pool): PostgresPool {
  const { options } = pool;
  return { options, connect: () => pool.connect(), end: () => closePool(pool, CLOSING_MS) };
}

/** MikroORM on a pool of ours: a pool of its own would take five words of the address and leave the rest. Closing it closes the pool, whatever became of its connections; it connects when it is asked. */
export function openOrm(
  { onOpened = () => undefined, ...pool }: PoolOptions & { readonly onOpened?: (opened: Pool) => void },
  options: Partial<Options>,
): MikroORM {
  const types = new TypeOverrides();
  for (const oid of READ_BY_ORM) types.setTypeParser(oid, (text: string) => text);
  const opened = (): Pool => {
    const made = openPool({ ...pool, types });
    onOpened(made);
    return made;
  };
  // Not by its `init`: that one looks for its other packages, and loads what it finds with a second copy of itself, a tenth of a process's start.
  const orm = new MikroORM({
    dbName: 'of its pool', // MikroORM wants a name, and connects through the pool alone
    ensureDatabase: false, // it would make one of that name; its migrator does so all the same, and must be told the right one
    driverOptions: () => new PostgresDialect({ pool: () => Promise.resolve(lent(opened())) }),
    logger: () => undefined, // its messages quote statements
    ...options,
  });
  // Of a schema that it takes for the default one it writes no name: there is none, so that every table is named with its schema.
  Object.assign(orm.em.getPlatform(), { getDefaultSchemaName: () => undefined });
  return orm;
}
