import { Field, InputType, Int } from 'type-graphql';
import {
  ALERT_KINDS,
  ALERT_STATES,
  CHANNEL_NAMES,
  DELIVERY_STATES,
  MESSAGES,
  type AlertFacts,
  type AlertKind,
  type AlertState,
  type ChannelName,
  type DeliveryState,
  type MessageName,
} from '../domain/alert/alert.js';
import { connectionOf } from './connection.js';
import { enumOf } from './enums.js';
import { Most } from './list-size.js';
import { DateTimeScalar, UuidScalar } from './scalars.js';
import { ObjectOfNobody, PageOfNodes } from './of-person.js';

export const AlertKindEnum = enumOf(ALERT_KINDS, {
  name: 'AlertKind',
  description: 'What an alert is about.',
  values: {
    RUN_FAILED: 'A run failed as a whole. Over when a run for that night or a later one completes well.',
    RUN_PAUSED: 'A run is paused. Over when it goes on or ends.',
    RUN_FAILURES:
      'A run completed with more failed users than `ALERT_FAILURES_PERCENT`. Over when a run for that night or a later one completes well.',
    NIGHT_EMPTY:
      'A run of a schedule completed and none of its users had advice, though an earlier night within two weeks had some. Over when a run for that night or a later one has advice.',
    SLOT_SKIPPED: 'Slots of a schedule were skipped, one after another. Over when one fires.',
    NOT_READY:
      'At the ready-by time fewer eligible users had advice than `ALERT_READY_PERCENT`, or no run was made: then its subject is the schedule. Over when the run has completed.',
    BUDGET_REACHED: 'The budget of a run did not hold another call. Over when a later run of the model keeps within its own.',
    RECALLED_ALLERGEN:
      'Something was recalled for an allergen. Over when every row that holds it is replaced, or when the recall is lifted.',
    ROLLOUT_STOPPED: 'A rollout stopped by itself. Over when a run for a later night of its program has completed.',
    JOB_STORE_AWAY: 'The job store does not answer.',
    LOG_LAGGING: 'Readers of the log are behind its writers.',
    MODEL_UNREADABLE:
      'The language model does not answer, refuses, or answers with nothing that can be read or that the safety gate lets through.',
  },
});

const AlertStateEnum = enumOf(ALERT_STATES, {
  name: 'AlertState',
  description: 'Whether what an alert tells of goes on.',
  values: { OPEN: 'It goes on.', RESOLVED: 'It is over.' },
});

export const AlertChannelEnum = enumOf(CHANNEL_NAMES, {
  name: 'AlertChannel',
  description: 'A channel by which alerts are sent.',
  values: { WEBHOOK: 'A POST to `ALERT_WEBHOOK_URL`.', EMAIL: 'A mail to `ALERT_EMAIL_TO`.' },
});

const AlertMessageEnum = enumOf(MESSAGES, {
  name: 'AlertMessage',
  description: 'What a message says.',
  values: { RAISED: 'That something began.', RESOLVED: 'That it is over.' },
});

const AlertDeliveryStateEnum = enumOf(DELIVERY_STATES, {
  name: 'AlertDeliveryState',
  description: 'Where a message stands.',
  values: {
    WAITING: 'It is sent, tried again later, or waits for the end of a silence.',
    SENT: 'The other side took it.',
    GIVEN_UP: 'It was tried for half a day, in vain.',
    SILENCED: 'It was not sent: what it tells of was over before the silence was.',
  },
});

/** A message of an alert. */
@ObjectOfNobody({ description: 'A message of an alert on its way.' })
export class AlertDelivery {
  @Field(() => AlertChannelEnum)
  channel!: ChannelName;

  @Field(() => AlertMessageEnum)
  message!: MessageName;

  @Field(() => AlertDeliveryStateEnum)
  state!: DeliveryState;

  @Field(() => Int, { description: 'How often it was tried.' })
  attempts!: number;

  @Field(() => String, { nullable: true, description: 'What the last try came to, such as `HTTP_503`; null before.' })
  lastCode!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was sent or given up.' })
  endedAt!: Date | null;
}

/** An alert. */
@ObjectOfNobody({ description: 'An alert. It names runs and schedules, and never a user.' })
export class Alert {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => AlertKindEnum)
  kind!: AlertKind;

  @Field({ description: 'What it is about: the id of a run or of a schedule, or `service`.' })
  subject!: string;

  @Field(() => AlertStateEnum)
  state!: AlertState;

  /** What the text is made of. No field: it is told in words alone. */
  facts!: AlertFacts;

  @Field({ description: 'The console’s page about it.' })
  path!: string;

  @Field(() => Int, { description: 'How often it happened while it was open.' })
  count!: number;

  @Field(() => DateTimeScalar)
  firstAt!: Date;

  @Field(() => DateTimeScalar)
  lastAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  resolvedAt!: Date | null;

  @Field({ description: 'Whether a silence keeps it from being sent now.' })
  silenced!: boolean;

  @Most(CHANNEL_NAMES.length * MESSAGES.length)
  @Field(() => [AlertDelivery], { description: 'Its messages; none where no channel was configured.' })
  deliveries!: AlertDelivery[];
}

@PageOfNodes()
export class AlertConnection extends connectionOf('Alert', () => Alert) {}

/** What a test message came to. */
@ObjectOfNobody({ description: 'What a test message through a channel came to.' })
export class AlertTrial {
  @Field(() => AlertChannelEnum)
  channel!: ChannelName;

  @Field({ description: 'Whether the other side took it.' })
  ok!: boolean;

  @Field({ description: 'What came back, such as `HTTP_200` or `TIMEOUT`.' })
  code!: string;
}

/** What `testAlerts` answers. */
@ObjectOfNobody({ description: 'Test messages were sent, one through each configured channel.' })
export class AlertsTested {
  @Most(CHANNEL_NAMES.length)
  @Field(() => [AlertTrial], { description: 'None where no channel is configured.' })
  trials!: AlertTrial[];
}

/** Which alerts to list. */
@InputType({ description: 'Which alerts to list.' })
export class AlertFilterInput {
  @Field(() => [AlertStateEnum], { nullable: true, description: 'Default: all.' })
  states?: AlertState[];

  @Field(() => [AlertKindEnum], { nullable: true, description: 'Default: all.' })
  kinds?: AlertKind[];
}
