import { createUnionType, Field, Int } from 'type-graphql';
import type { GeneratorName } from '../domain/outcome.js';
import type { ProgramName } from '../domain/program.js';
import { GeneratorEnum, ProgramEnum } from './enums.js';
import { Refused } from './error-type.js';
import { RunForecast } from './run-figures-type.js';
import { DateScalar, DateTimeScalar } from './scalars.js';
import { ObjectOfNobody } from './of-person.js';

/** What a run would come to. */
@ObjectOfNobody({ description: 'What a run would come to, with the records as they are now.' })
export class Forecast extends RunForecast {
  @Field(() => ProgramEnum)
  program!: ProgramName;

  @Field(() => GeneratorEnum)
  generator!: GeneratorName;

  @Field(() => DateScalar)
  recordDate!: string;

  @Field(() => Int, { description: 'Users on its roster.' })
  users!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it would end if it started now.' })
  finishAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When its batches would be back if they were sent now; null where no model is asked.',
  })
  finishByBatchAt!: Date | null;
}

/** What `forecast` answers. */
export const ForecastResult = createUnionType({
  name: 'ForecastResult',
  description: 'The forecast, or why such a run would be refused.',
  types: () => [Forecast, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});
