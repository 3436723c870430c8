import type pg from 'pg';
import type { ForecastFacts, Headcount, HeadcountOrder } from '../application/ports.js';
import type { GeneratorName } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import type { Experience, ModelFacts } from '../domain/run/forecast.js';
import { headcountQuery } from '../records/headcount-query.js';
import { WRITTEN_PROGRAMS } from '../domain/programs/written-programs.js';
import { paceOf, tokensOf } from './experience-query.js';

/** Forecasts from PostgreSQL: IBSafe's records for who would be advised, the views and the log for how past runs went. */
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
    return { ...pace, ...(asks ? await tokensOf(this.pool, generator, program) : { tokensIn: null, tokensOut: null, tokensCached: null }) };
  }

  model(generator: GeneratorName, program: ProgramName): ModelFacts | undefined {
    return generator === 'LLM' && WRITTEN_PROGRAMS.has(program) ? this.llm : undefined;
  }
}
