import { Field, InputType } from 'type-graphql';
import { STREAM_KINDS, type StreamKind } from '../domain/stream-kind.js';
import { enumOf } from './enums.js';
import { DateTimeScalar, UuidScalar } from './scalars.js';

const StreamKindEnum = enumOf(STREAM_KINDS, {
  name: 'StreamKind',
  description: 'What an event is about.',
  values: {
    RUN: 'What happened to a run as a whole.',
    CHUNK: 'What happened to the chunks of one run: only with `runId`.',
    SCHEDULE: 'What an operator did to a schedule, and what became of its slots.',
    BACKFILL: 'What was asked for over past dates, and what became of each.',
    RETENTION: 'Which months of the log were let go, and where their events are.',
    RECALL: 'What was taken out of advice, what was replaced for it, and its end.',
    REVIEW: 'What reviewers said of advice, which points they turned off, and what they signed.',
    ERASURE: 'That a person was erased, and by which actor.',
    ROLLOUT: 'What was tried on a share of the users, and how that ended.',
  },
});

/** Which events to list. */
@InputType({ description: 'Which events to list.' })
export class EventFilterInput {
  @Field(() => [StreamKindEnum], { nullable: true, description: 'Default: all; of chunks with `runId` alone.' })
  kinds?: StreamKind[];

  @Field(() => [String], { nullable: true, description: 'Types such as `RunCancelRequested` or `SchedulePaused`.' })
  types?: string[];

  @Field(() => [String], { nullable: true, description: 'The actor that did it, as `actor` names it, letter for letter.' })
  actors?: string[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'Recorded then or later.' })
  from?: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Recorded then or earlier.' })
  to?: Date;

  @Field(() => UuidScalar, { nullable: true, description: 'Of one run, its chunks included.' })
  runId?: string;

  @Field(() => Boolean, { nullable: true, description: 'With `runId`: outcomes of its users too. Default: left out.' })
  withOutcomes?: boolean;
}
