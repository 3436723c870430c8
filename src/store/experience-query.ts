import type pg from 'pg';
import type { GeneratorName } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import type { Experience } from '../domain/run/forecast.js';
import { BELIEVED } from './believed-figures.js';

/** Runs that are learnt from: enough to outweigh a night that went wrong, few enough to forget how it was before. */
const RUNS = 5;
/** Users whose tokens are looked at. */
const USERS = 2_000;

/**
 * A night is learnt from: a run of everybody that wrote advice for a day which had none. So no run that only judged (dry, shadow), none of users that were
 * chosen or are repeated, none of a day without records, and none that found most of the day's advice there: it is what was left over of another.
 */
const NIGHTS = `generator = $1 and program = $2 and status in ('COMPLETED', 'COMPLETED_WITH_FAILURES') and not dry_run and user_ids is null
    and trigger <> 'RETRY' and parent_run_id is null and (tally->>'generated')::int > coalesce((tally->'reasons'->>'INTERVENTION_EXISTS')::int, 0)`;

const LAST = `last as (
    select run_id, run_month, roster, (tally->>'generated')::int as generated,
      -- The time of a run that stood still for a while says nothing of its pace.
      case when resumed_at is null or resumed_at < started_at then extract(epoch from ended_at - started_at) end as seconds
    from batch.run_view where ${NIGHTS} order by requested_at desc limit ${RUNS})`;

const PACE = `with ${LAST}
  select sum(generated)::float8 / nullif(sum(roster), 0) as "eligibleShare",
    sum(generated) filter (where seconds is not null)::float8 / nullif(sum(seconds)::float8, 0) as "usersPerSecond"
  from last`;

// By the generator that wrote the advice in the end: what the rules stood in for was asked and paid for as well.
const TOKENS = `with ${LAST},
  told as (
    select e.data from last l join batch.event e on e.run_month = l.run_month and e.run_id = l.run_id where e.data ? 'tokensIn' limit ${USERS})
  select avg(${BELIEVED.tokensIn}) as "tokensIn", avg(${BELIEVED.tokensOut}) as "tokensOut",
    avg(coalesce(${BELIEVED.tokensCached}, 0)) as "tokensCached" from told`;

/** How many of the roster the last nights of a generator and program advised, and how fast. */
export async function paceOf(
  db: Pick<pg.Pool, 'query'>,
  generator: GeneratorName,
  program: ProgramName,
): Promise<Pick<Experience, 'eligibleShare' | 'usersPerSecond'>> {
  const { rows } = await db.query<{ eligibleShare: number | null; usersPerSecond: number | null }>(PACE, [generator, program]);
  return rows[0] ?? { eligibleShare: null, usersPerSecond: null };
}

/** What a user took of the model in those runs. Not for a generator without one: all its outcomes would be read, to find nothing. */
export async function tokensOf(
  db: Pick<pg.Pool, 'query'>,
  generator: GeneratorName,
  program: ProgramName,
): Promise<Pick<Experience, 'tokensIn' | 'tokensOut' | 'tokensCached'>> {
  const { rows } = await db.query<Pick<Experience, 'tokensIn' | 'tokensOut' | 'tokensCached'>>(TOKENS, [generator, program]);
  return rows[0] ?? { tokensIn: null, tokensOut: null, tokensCached: null };
}
