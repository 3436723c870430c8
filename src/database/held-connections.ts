import type pg from 'pg';
import { endsWithin } from '../base/ends-within.js';
import { type HeldConnection, type StatementOwner, statementOwner } from './statement-owner.js';

/** ms that a look at sessions may take: its caller has waited long enough. */
const LOOK_MS = 1_000;

const held = new Set<HeldConnection>();

/** Notes that a connection is held. @returns how to say that it is not any more */
export function holding(connection: HeldConnection): () => void {
  held.add(connection);
  return () => void held.delete(connection);
}

/**
 * Whether an operation waits for a lock that another session holds. One without a connection that is in line behind others waits for what they wait for; one
 * that is in no line waits for something else than the database. False where the database does not say so in time.
 */
export async function waitsForLock(owner: StatementOwner): Promise<boolean> {
  const all = [...held];
  const own = all.filter((connection) => connection.owner === owner);
  const watched = Map.groupBy(own.length > 0 ? own : all.filter((each) => owner.lines.areBehind(each)), ({ looks }) => looks);
  const looked = Promise.all([...watched].map(([looks, those]) => areKept(looks, those)));
  return (await endsWithin(LOOK_MS, looked)) && (await looked).includes(true);
}

async function areKept(looks: pg.Pool, those: readonly HeldConnection[]): Promise<boolean> {
  const question =
    'select exists (select from unnest($1::int[]) session (pid) where cardinality(pg_blocking_pids(session.pid)) > 0) as kept';
  const ask = (): Promise<pg.QueryResult<{ kept: boolean }>> => looks.query(question, [those.map(({ pid }) => pid)]);
  return statementOwner.run(undefined, ask).then(({ rows }) => rows[0]?.kept === true, () => false); // prettier-ignore
}
