import { createUnionType, Field, InputType } from 'type-graphql';
import type { AlertKind } from '../domain/alert/alert.js';
import { AlertKindEnum } from './alert-type.js';
import { Refused } from './error-type.js';
import { ObjectOfNobody } from './of-person.js';
import { DateTimeScalar, UuidScalar } from './scalars.js';

/** Alerts that are recorded and not sent. */
@ObjectOfNobody({ description: 'Alerts of a kind that are recorded and not sent, until a time.' })
export class AlertSilence {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => AlertKindEnum)
  kind!: AlertKind;

  @Field(() => String, { nullable: true, description: 'Of one run or schedule; null for all of the kind.' })
  subject!: string | null;

  @Field(() => DateTimeScalar)
  until!: Date;

  @Field({ description: 'An operator’s words.' })
  reason!: string;

  @Field({ description: 'The actor that silenced them.' })
  madeBy!: string;

  @Field(() => DateTimeScalar)
  madeAt!: Date;
}

/** What is to be silenced. */
@InputType({ description: 'Which alerts are not to be sent, until when, and why.' })
export class SilenceAlertsInput {
  @Field(() => AlertKindEnum)
  kind!: AlertKind;

  @Field(() => String, { nullable: true, description: 'The id of a run or schedule. Default: all of the kind.' })
  subject?: string;

  @Field(() => DateTimeScalar, { description: 'At most 30 days from now.' })
  until!: Date;

  @Field({ description: 'Why, 1 to 500 characters, without personal data.' })
  reason!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The same key from the same caller is answered with the same silence. 1 to 128 printable ASCII characters; a UUID is best.',
  })
  idempotencyKey?: string;
}

/** A silence that began or ended. */
@ObjectOfNobody({ description: 'The silence, as it is now.' })
export class SilenceAccepted {
  @Field(() => AlertSilence)
  silence!: AlertSilence;

  @Field({ description: 'True when an earlier request with this key had made the silence.' })
  repeated!: boolean;
}

/** What `silenceAlerts` and `endSilence` answer. */
export const SilenceResult = createUnionType({
  name: 'SilenceResult',
  types: () => [SilenceAccepted, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});
