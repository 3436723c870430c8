import type pg from 'pg';
import type { GeneratorName } from '../../domain/outcome.js';
import type { ProgramName } from '../../domain/program.js';
import type { Experience } from '../../domain/run/forecast.js';

/** Runs that are learnt from: enough to outweigh a night that went wrong, few enough to forget how it was before. */
const RUNS = 5;
/** Users whose tokens are looked at. */
const USERS = 2_000;

// Of outcomes only those that the run's own generator wrote: what the rules stood in for took no tokens, or too many.
const EXPERIENCE = `with last as (
    select run_id, run_month, extract(epoch from ended_at - started_at) as seconds from batch.run_view
    where ended_at is not null and started_at is not null and generator = $1 and program = $2 and status in ('COMPLETED', 'COMPLETED_WITH_FAILURES')
    order by requested_at desc limit ${RUNS}),
  sums as (
    select l.run_id, l.seconds, sum(c.roster) as roster, sum(c.generated) as generated
    from last l join batch.chunk_view c using (run_id) group by l.run_id, l.seconds),
  told as (
    select e.data from last l join batch.event e on e.run_month = l.run_month and e.run_id = l.run_id
    where e.type = 'InterventionGenerated' and e.user_id is not null and e.data->>'generator' = $1 and e.data ? 'tokensIn' limit ${USERS})
  select (sum(generated) / nullif(sum(roster), 0))::float8 as "eligibleShare", (sum(generated) / nullif(sum(seconds), 0))::float8 as "usersPerSecond",
    (select avg((data->>'tokensIn')::int)::float8 from told) as "tokensIn", (select avg((data->>'tokensOut')::int)::float8 from told) as "tokensOut"
  from sums`;

/** What the last runs of a generator and program were like. A run that nobody was advised in teaches nothing about pace. */
export async function experienceOf(db: Pick<pg.Pool, 'query'>, generator: GeneratorName, program: ProgramName): Promise<Experience> {
  const { rows } = await db.query<Experience>(EXPERIENCE, [generator, program]);
  const found = rows[0] ?? NONE;
  return found.usersPerSecond === 0 ? { ...found, usersPerSecond: null } : found;
}

const NONE: Experience = { eligibleShare: null, usersPerSecond: null, tokensIn: null, tokensOut: null };
