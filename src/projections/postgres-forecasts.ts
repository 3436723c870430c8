import type pg from 'pg';
import type { ForecastFacts, Headcount, HeadcountOrder } from '../application/ports.js';
import type { GeneratorName } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import type { Experience, ModelFacts } from '../domain/run/forecast.js';
import { headcountQuery } from '../records/headcount-query.js';
import { experienceOf } from './queries/experience-query.js';

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

  experience(generator: GeneratorName, program: ProgramName): Promise<Experience> {
    return experienceOf(this.pool, generator, program);
  }

  model(generator: GeneratorName): ModelFacts | undefined {
    return generator === 'LLM' ? this.llm : undefined;
  }
}
