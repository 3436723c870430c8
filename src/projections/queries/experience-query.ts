import type pg from 'pg';
import type { GeneratorName } from '../../domain/outcome.js';
import type { ProgramName } from '../../domain/program.js';
import type { Experience } from '../../domain/run/forecast.js';

/** Runs that are learnt from: enough to outweigh a night that went wrong, few enough to forget how it was before. */
const RUNS = 5;
/** Users whose tokens are looked at. */
const USERS = 2_000;

const LAST = `last as (
    select run_id, run_month, extract(epoch from ended_at - started_at) as seconds from batch.run_view
    where ended_at is not null and started_at is not null and generator = $1 and program = $2 and status in ('COMPLETED', 'COMPLETED_WITH_FAILURES')
    order by requested_at desc limit ${RUNS})`;

const PACE = `with ${LAST},
  sums as (
    select l.run_id, l.seconds, sum(c.roster) as roster, sum(c.generated) as generated
    from last l join batch.chunk_view c using (run_id) group by l.run_id, l.seconds)
  select (sum(generated) / nullif(sum(roster), 0))::float8 as "eligibleShare", (sum(generated) / nullif(sum(seconds), 0))::float8 as "usersPerSecond"
  from sums`;

// Whoever the advice came from in the end: what the rules stood in for was asked and paid for as well.
const TOKENS = `with ${LAST},
  told as (
    select e.data from last l join batch.event e on e.run_month = l.run_month and e.run_id = l.run_id where e.data ? 'tokensIn' limit ${USERS})
  select avg((data->>'tokensIn')::int)::float8 as "tokensIn", avg((data->>'tokensOut')::int)::float8 as "tokensOut" from told`;

/** How many of the roster the last runs of a generator and program advised, and how fast. A run that nobody was advised in teaches nothing about pace. */
export async function paceOf(
  db: Pick<pg.Pool, 'query'>,
  generator: GeneratorName,
  program: ProgramName,
): Promise<Pick<Experience, 'eligibleShare' | 'usersPerSecond'>> {
  const { rows } = await db.query<{ eligibleShare: number | null; usersPerSecond: number | null }>(PACE, [generator, program]);
  const { eligibleShare = null, usersPerSecond = null } = rows[0] ?? {};
  return { eligibleShare, usersPerSecond: usersPerSecond === 0 ? null : usersPerSecond };
}

/** What a user took of the model in those runs. Not for a generator without one: all its outcomes would be read, to find nothing. */
export async function tokensOf(
  db: Pick<pg.Pool, 'query'>,
  generator: GeneratorName,
  program: ProgramName,
): Promise<Pick<Experience, 'tokensIn' | 'tokensOut'>> {
  const { rows } = await db.query<Pick<Experience, 'tokensIn' | 'tokensOut'>>(TOKENS, [generator, program]);
  return rows[0] ?? { tokensIn: null, tokensOut: null };
}
