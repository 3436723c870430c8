import type { LocalDate } from '../../domain/local-date.js';
import type { GeneratorName } from '../../domain/outcome.js';
import type { Program, ProgramName } from '../../domain/program.js';
import type { Experience, ModelFacts } from '../../domain/run/forecast.js';

/** Whom a run would cover, and how many of them it would advise as the records are now. */
export interface Headcount {
  readonly users: number;
  readonly eligible: number;
}

/** The part of a run's request that decides which users get advice. */
export interface HeadcountOrder {
  readonly program: Program;
  readonly recordDate: LocalDate;
  /** Only these users; absent for all users. */
  readonly userIds?: readonly number[];
  /** Whether users with advice get some all the same. */
  readonly replace: boolean;
}

/** What forecasts are made from. Reads only. */
export interface ForecastFacts {
  /** Counts in one statement. Looks up every user's records: seconds for 100,000 users. */
  headcount(order: HeadcountOrder): Promise<Headcount>;
  /** What the last runs of a generator and program were like; cheap. */
  experience(generator: GeneratorName, program: ProgramName): Promise<Experience>;
  /** What the generator's model costs; undefined for one that asks none, or none about this program. */
  model(generator: GeneratorName, program: ProgramName): ModelFacts | undefined;
}
