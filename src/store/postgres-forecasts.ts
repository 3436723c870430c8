import type pg from 'pg';
import type { ForecastFacts, Headcount, HeadcountOrder } from '../application/ports.js';
import type { GeneratorName } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import type { Experience, ModelFacts } from '../domain/run/forecast.js';
import { headcountQuery } from '../records/headcount-query.js';
import { WRITTEN_PROGRAMS } from '../domain/programs/written-programs.js';
import { MAX_MICROS, MAX_TOKENS } from '../domain/figures.js';
import { isWholeRun } from './whole-run.js';

/**
 * Figures of an outcome event as float8 (which holds whole numbers up to 2^53 exactly, and arrives as a number where bigint arrives as text); null for
 * one that no user can have taken. Earlier releases kept what an endpoint told of itself, and events do not change. SQL over a column `data`.
 */
export const BELIEVED = {
  tokensIn: figure('tokensIn', within('tokensIn', MAX_TOKENS)),
  tokensOut: figure('tokensOut', within('tokensOut', MAX_TOKENS)),
  /** Absent for none, as of every event of earlier releases. */
  tokensCached: figure('tokensCached', within('tokensCached', MAX_TOKENS)),
  // Money was computed from both.
  costMicros: figure(
    'costMicros',
    `${within('tokensIn', MAX_TOKENS)} and ${within('tokensOut', MAX_TOKENS)} and ${within('costMicros', MAX_MICROS)}`,
  ),
} as const;

function figure(name: string, isBelieved: string): string {
  return `case when ${isBelieved} then (data->>'${name}')::float8 end`;
}

/** Compared as JSON, in which numbers of any size can stand, and texts and lists are no numbers; in digits alone, because tokens are whole. */
function within(name: string, most: number): string {
  return `jsonb_typeof(data->'${name}') = 'number' and data->>'${name}' ~ '^[0-9]+$' and data->'${name}' between '0'::jsonb and '${most}'::jsonb`;
}

/** Runs that are learnt from: enough to outweigh a night that went wrong, few enough to forget how it was before. */
const RUNS = 5;
/** Users whose tokens are looked at. */
const USERS = 2_000;

/**
 * A night is learnt from: a run of everybody that wrote advice for a day which had none. So no run that only judged (dry, shadow), none of users that were
 * chosen, are repeated or recalled, none of a day without records, and none that found most of the day's advice there: it is what was left over of another.
 */
const NIGHTS = `generator = $1 and program = $2 and status in ('COMPLETED', 'COMPLETED_WITH_FAILURES') and not dry_run and ${isWholeRun('r')}
    and (tally->>'generated')::int > coalesce((tally->'reasons'->>'INTERVENTION_EXISTS')::int, 0)`;

const LAST = `last as (
    select run_id, run_month, roster, (tally->>'generated')::int as generated, coalesce((tally->'reasons'->>'INTERVENTION_EXISTS')::int, 0) as existed,
      -- The time of a run that stood still for a while, or waited for batches, says nothing of its pace.
      case when (resumed_at is null or resumed_at < started_at) and mode is distinct from 'BATCH' then extract(epoch from ended_at - started_at) end as seconds
    from batch.run_view r where ${NIGHTS} order by requested_at desc limit ${RUNS})`;

// Those who had advice already were eligible like those who got it: a night that found half of it there does not say that half of the patients had no records.
const PACE = `with ${LAST}
  select sum(generated + existed)::float8 / nullif(sum(roster), 0) as "eligibleShare",
    sum(generated) filter (where seconds is not null)::float8 / nullif(sum(seconds)::float8, 0) as "usersPerSecond"
  from last`;

// By the generator that wrote the advice in the end: what the rules stood in for was asked and paid for as well.
const TOKENS = `with ${LAST},
  told as (
    select e.data from last l join batch.event_log e on e.run_month = l.run_month and e.run_id = l.run_id where e.data ? 'tokensIn' limit ${USERS})
  select avg(${BELIEVED.tokensIn}) as "tokensIn", avg(${BELIEVED.tokensOut}) as "tokensOut",
    avg(coalesce(${BELIEVED.tokensCached}, 0)) as "tokensCached" from told`;

/** Batches that are learnt from. */
const BATCHES = 100;

const BATCH_TIME = `select percentile_cont(0.9) within group (order by extract(epoch from ended_at - sent_at))::float8 as seconds from (
    select ended_at, sent_at from batch.model_batch where ended = 'COMPLETED' and sent_at is not null order by made_at desc limit ${BATCHES}) last`;

/** Seconds until nine of ten of the last batches were back; null before there were any. */
async function batchSecondsOf(db: Pick<pg.Pool, 'query'>): Promise<number | null> {
  return (await db.query<{ seconds: number | null }>(BATCH_TIME)).rows[0]?.seconds ?? null;
}

/** How many of the roster the last nights of a generator and program advised, and how fast. */
async function paceOf(
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

/** Forecasts from PostgreSQL: IBSafe's records for the users that would be advised, the views and the log for how past runs went. */
export class PostgresForecasts implements ForecastFacts {
  constructor(
    private readonly pool: pg.Pool,
    /** What the configured language model costs; undefined where none is. */
    private readonly llm: ModelFacts | undefined,
  ) {}

  async headcount({ program, recordDate, userIds, replace }: HeadcountOrder): Promise<Headcount> {
    const { rows } = await this.pool.query<Headcount>(headcountQuery(program), [recordDate, program.gubun, replace, userIds ?? null]);
    return rows[0] as Headcount;
  }

  async experience(generator: GeneratorName, program: ProgramName): Promise<Experience> {
    const pace = await paceOf(this.pool, generator, program);
    const asks = this.model(generator, program) !== undefined;
    if (!asks) return { ...pace, tokensIn: null, tokensOut: null, tokensCached: null, batchSeconds: null };
    return { ...pace, ...(await tokensOf(this.pool, generator, program)), batchSeconds: await batchSecondsOf(this.pool) };
  }

  model(generator: GeneratorName, program: ProgramName): ModelFacts | undefined {
    return generator === 'LLM' && WRITTEN_PROGRAMS.has(program) ? this.llm : undefined;
  }
}
