import { Arg, Field } from 'type-graphql';
import { inWords } from '../words/code-words.js';
import type { Language, Said } from '../domain/said.js';
import { RefusalError } from './error-type.js';
import { LanguageEnum } from './language-type.js';
import { Schedule } from './schedule-type.js';
import { Most } from './list-size.js';
import { ObjectOfNobody } from './of-person.js';

/** One thing wrong with an input. */
@ObjectOfNobody({ description: 'One thing wrong with an input.' })
export class FieldProblem {
  @Field({ description: 'The input’s field, `catchUp.windowHours` for an inner one.' })
  field!: string;

  @Field({ description: 'The value as JSON, shortened; `nothing` for a missing one.' })
  found!: string;

  /** What was expected, as a code with values. */
  said!: Said;

  @Field(() => String, { description: 'The allowed range or form.' })
  expected(@Arg('language', () => LanguageEnum, { defaultValue: 'en' }) language: Language): string {
    return inWords(this.said, language);
  }
}

/** A refusal because of what an input says. */
@ObjectOfNobody({ implements: RefusalError, description: 'The input cannot be used; nothing was changed. Each problem names its field.' })
export class ScheduleInvalid extends RefusalError {
  @Most(20)
  @Field(() => [FieldProblem])
  problems!: FieldProblem[];
}

/** A refusal because another operator was faster. */
@ObjectOfNobody({
  implements: RefusalError,
  description: 'The schedule was changed since you read it; nothing was overwritten. Look at it, and repeat what still applies.',
})
export class VersionConflict extends RefusalError {
  @Field(() => Schedule, { description: 'The schedule as it is now.' })
  schedule!: Schedule;
}
