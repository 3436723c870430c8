import { Arg, Field, Float, Int } from 'type-graphql';
import { inWords, reasonIn } from '../words/code-words.js';
import type { Language, Said } from '../domain/said.js';
import { LanguageEnum } from './language-type.js';
import { DateTimeScalar, UuidScalar } from './scalars.js';
import { Most } from './list-size.js';
import { ObjectOfNobody } from './of-person.js';

/** A part of the system and whether it answers. */
@ObjectOfNobody({ description: 'A part of the system and whether it answers.' })
export class StoreStatus {
  @Field({ description: 'What it is, such as `PostgreSQL 18.4`.' })
  kind!: string;

  @Field()
  ok!: boolean;

  /** What is wrong, before it is in a language. */
  said!: Said | null;

  @Field(() => String, { nullable: true, description: 'What is wrong and what to do.' })
  problem(@Arg('language', () => LanguageEnum, { defaultValue: 'en' }) language: Language): string | null {
    return this.said && inWords(this.said, language);
  }
}

/** A chunk in work. */
@ObjectOfNobody({ description: 'A chunk that a worker holds.' })
export class WorkerChunk {
  @Field(() => UuidScalar)
  runId!: string;

  @Field(() => Int)
  chunk!: number;

  @Field(() => DateTimeScalar)
  since!: Date;
}

/** A process that serves or works. */
@ObjectOfNobody('Worker', { description: 'A process of the service that gave a sign of life in the last 20 seconds.' })
export class WorkerStatus {
  @Field(() => UuidScalar)
  id!: string;

  @Field()
  host!: string;

  @Field(() => Int)
  pid!: number;

  @Field({ description: '`all`, `api`, `worker` or `scheduler`.' })
  roles!: string;

  @Field(() => Int)
  lanes!: number;

  @Field()
  version!: string;

  @Field(() => DateTimeScalar)
  startedAt!: Date;

  @Field(() => DateTimeScalar)
  seenAt!: Date;

  @Most(64)
  @Field(() => [WorkerChunk], { description: 'What it works on now.' })
  chunks!: WorkerChunk[];
}

/** The log and how far its readers can be behind. */
@ObjectOfNobody({ description: 'The append-only log.' })
export class LogStatus {
  @Field(() => Float, { description: 'Events in it, estimated from the table’s statistics.' })
  events!: number;

  @Field({ description: 'The place after everything that can be read now.' })
  head!: string;

  @Field(() => Float, {
    description: 'Age in ms of the oldest event that readers cannot see yet because an older transaction is open. 0 when there is none.',
  })
  lagMs!: number;

  @Field(() => Float, {
    description:
      'How long in ms, as far as this process saw, the oldest open writing transaction of the cluster has kept readers where they are. 0 when none is open.',
  })
  heldMs!: number;

  @Field({ description: 'Whether either of them has passed the limit, `BATCH_LAG_ALARM_MS`: progress stands still.' })
  alarm!: boolean;

  /** What is wrong, before it is in a language. */
  said!: Said | null;

  @Field(() => String, { nullable: true, description: 'What the alarm means and what to do; null without one.' })
  problem(@Arg('language', () => LanguageEnum, { defaultValue: 'en' }) language: Language): string | null {
    return this.said && inWords(this.said, language);
  }

  @Field({ description: 'Whether notifications reach the process that answers. Without them its readers look every `BATCH_POLL_MS`.' })
  listening!: boolean;

  @Field(() => Int, { description: 'Readers in the process that answers: subscriptions, one for each followed run, and the scheduler.' })
  followers!: number;
}

/** Everything an operator looks at first. */
@ObjectOfNobody({ description: 'Everything an operator looks at first.' })
export class SystemStatus {
  @Field({ description: 'Version of the service.' })
  version!: string;

  @Field(() => DateTimeScalar, { description: 'The database’s clock.' })
  now!: Date;

  @Field(() => StoreStatus)
  database!: StoreStatus;

  @Field(() => StoreStatus)
  jobStore!: StoreStatus;

  @Field(() => Int, { description: 'Jobs of Agenda that wait or run.' })
  queuedJobs!: number;

  @Field(() => LogStatus)
  log!: LogStatus;

  @Field(() => String, {
    nullable: true,
    description:
      'What keeps a worker from its language model or from reading what it answers, and what to do, as it was when last tried; null when nothing does.',
  })
  modelProblem(@Arg('language', () => LanguageEnum, { defaultValue: 'en' }) language: Language): string | null {
    return this.modelTrouble === null ? null : reasonIn(this.modelTrouble, language);
  }

  /** As its process noted it. */
  modelTrouble!: string | null;

  @Field(() => Int, { description: 'Runs that have not ended.' })
  activeRuns!: number;

  @Field(() => Int, { description: 'Chunks in work now.' })
  busyLanes!: number;

  @Most(100)
  @Field(() => [WorkerStatus])
  workers!: WorkerStatus[];
}
