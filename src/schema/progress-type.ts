import { Arg, Field, Float, Int } from 'type-graphql';
import { reasonIn } from '../words/code-words.js';
import type { Language } from '../domain/said.js';
import { LanguageEnum } from './language-type.js';
import type { PauseCause } from '../domain/run/run-events.js';
import type { RunStatus } from '../domain/run/run.js';
import { PauseCauseEnum } from './control-enums.js';
import { RunStatusEnum } from './enums.js';
import { DateTimeScalar, UuidScalar } from './scalars.js';
import { ObjectOfNobody } from './of-person.js';

/** How many users had a skip reason or failure code. */
@ObjectOfNobody({ description: 'How many users had a skip reason or failure code. A user with two reasons counts in both.' })
export class ReasonCount {
  @Field({ description: 'A `SkipReason` or `FailureCode`.' })
  reason!: string;

  @Field(() => Int)
  users!: number;
}

/** A run's progress at one moment. */
@ObjectOfNobody({ description: 'A run’s progress. generated + skipped + failed + cancelled is the number of users that have an outcome.' })
export class Progress {
  @Field(() => UuidScalar)
  runId!: string;

  @Field(() => RunStatusEnum)
  status!: RunStatus;

  @Field(() => PauseCauseEnum, {
    nullable: true,
    description: 'What paused it, an operator or the service by itself; null unless it is paused.',
  })
  pausedCause!: PauseCause | null;

  /** As the log has it. */
  pausedFor!: string | null;

  @Field(() => String, { nullable: true, description: 'Why it is paused, in a sentence; an operator’s words as they are.' })
  pausedReason(@Arg('language', () => LanguageEnum, { defaultValue: 'en' }) language: Language): string | null {
    return this.pausedFor === null ? null : reasonIn(this.pausedFor, language);
  }

  @Field(() => Int, { nullable: true, description: 'Users the run covers; null until it is planned.' })
  roster!: number | null;

  @Field(() => Int)
  generated!: number;

  @Field(() => Int)
  skipped!: number;

  @Field(() => Int)
  failed!: number;

  @Field(() => Int)
  cancelled!: number;

  @Field(() => Int, { description: 'Users with an outcome.' })
  done!: number;

  @Field(() => Int, { description: '0 to 100, rounded down; 100 only when every user has an outcome.' })
  percent!: number;

  /** Its reasons, where they were read with it; else its resolver loads them. */
  readReasons?: ReasonCount[];

  @Field(() => Int)
  chunksDone!: number;

  @Field(() => Int, { nullable: true })
  chunkCount!: number | null;

  @Field(() => Float, { nullable: true, description: 'Users a second since the run started; null before the first chunk.' })
  usersPerSecond!: number | null;

  @Field(() => Int, { nullable: true, description: 'Seconds left at this rate; null when unknown, paused or ended.' })
  secondsLeft!: number | null;

  @Field(() => DateTimeScalar, { description: 'When this was so.' })
  at!: Date;

  @Field(() => String, { nullable: true, description: 'Pass as `after` to `runEvents` to see what came after this.' })
  cursor!: string | null;
}
