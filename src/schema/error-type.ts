import { Arg, Field, InterfaceType } from 'type-graphql';
import { inWords } from '../words/code-words.js';
import type { Language, Said } from '../domain/said.js';
import { type ErrorCode, ErrorCodeEnum } from './error-codes.js';
import { LanguageEnum } from './language-type.js';
import { Run } from './run-type.js';
import { ObjectOfNobody } from './of-person.js';

/** An expected refusal, as a member of a mutation's result union. */
@InterfaceType('Error', { description: 'An expected refusal: what was expected, what was found, and what to do.' })
export abstract class RefusalError {
  @Field(() => ErrorCodeEnum, { description: 'A stable code to branch on.' })
  code!: ErrorCode;

  /** The sentence, before it is in a language. */
  said!: Said;

  @Field(() => String, { description: 'A sentence for people.' })
  message(@Arg('language', () => LanguageEnum, { defaultValue: 'en' }) language: Language): string {
    return inWords(this.said, language);
  }
}

/** A refusal that names no run. */
@ObjectOfNobody({ implements: RefusalError, description: 'The request was refused; nothing was changed.' })
export class Refused extends RefusalError {}

/** A refusal because another run stands in the way. */
@ObjectOfNobody({
  implements: RefusalError,
  description: 'Another run stands in the way: one for the same date is active, or the idempotency key already stands for it.',
})
export class RunConflict extends RefusalError {
  // Not `run`: beside the run of an accepted request, which is never null, it could not be asked for in one document without an alias.
  @Field(() => Run, { nullable: true, description: 'The run that stands in the way.' })
  conflictingRun!: Run | null;
}
