import { BAD_INPUTS } from './bad-input-words.js';
import { because } from '../domain/refusals.js';
import { refusedNode } from './refused-node.js';
import { Arg, Args, Authorized, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { Alert as Row } from '../alerts/alert-desk.js';
import { alertWords } from '../alerts/alert-words.js';
import type { Language } from '../domain/said.js';
import { pageOf } from '../alerts/message.js';
import { CHANNEL_NAMES, type ChannelName } from '../domain/alert/alert.js';
import { isRejection } from '../domain/rejection.js';
import { abortable } from '../feeds/abortable.js';
import type { Role } from '../identity/role.js';
import {
  Alert,
  AlertChannelEnum,
  AlertConnection,
  AlertDelivery,
  AlertFilterInput,
  AlertsTested,
  AlertTrial,
} from '../schema/alert-type.js';
import { AlertSilence, SilenceAccepted, SilenceAlertsInput, SilenceResult } from '../schema/alert-silence-type.js';
import { PageArgs, type Connection } from '../schema/connection.js';
import type { Refused } from '../schema/error-type.js';
import { LanguageEnum } from '../schema/language-type.js';
import { Most } from '../schema/list-size.js';
import { UuidScalar } from '../schema/scalars.js';
import { badInput } from './bad-input.js';
import type { Context } from './context.js';
import { filterOf, withoutNulls } from './filter-of.js';
import { nodeOf } from './node-of.js';
import { connect, pageRequest, type ListKey } from './paging.js';
import { inCalendar } from './possible-values.js';

const SUBJECT = /^[0-9a-z-]{1,64}$/;
const ALERTS: ListKey = { list: 'alerts', form: ['time', 'uuid'] };

/** Alerts, and the silences that keep them from being sent. */
@Resolver(() => Alert)
export class AlertResolver {
  @Authorized<Role>('viewer')
  @Query(() => AlertConnection, { description: 'Alerts, newest first.' })
  async alerts(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { alerts }: Context,
    @Arg('filter', () => AlertFilterInput, { nullable: true }) filter?: AlertFilterInput,
  ): Promise<Connection<Alert>> {
    const found = await alerts.desk.list(filterOf<AlertFilterInput>(filter), pageRequest(page, ALERTS));
    return connect(found, ALERTS, {
      node: alertNode,
      key: (row) => [row.firstAt.toISOString(), row.id],
    });
  }

  @Authorized<Role>('viewer')
  @Most(100)
  @Query(() => [AlertSilence], { description: 'Silences that go on.' })
  async alertSilences(@Ctx() { alerts }: Context): Promise<AlertSilence[]> {
    return (await alerts.desk.silences()).map((row) => nodeOf(AlertSilence, row));
  }

  @Authorized<Role>('operator')
  @Mutation(() => SilenceResult, { description: 'Keeps alerts from being sent, until a time. They are recorded all the same.' })
  async silenceAlerts(
    @Arg('input', () => SilenceAlertsInput) input: SilenceAlertsInput,
    @Ctx() { alerts, actor }: Context,
  ): Promise<SilenceAccepted | Refused> {
    const { idempotencyKey, until, ...order } = withoutNulls(input);
    const { subject } = order;
    // Left out it would stand for all of the kind.
    if (subject !== undefined && !SUBJECT.test(subject)) throw badInput('subject', BAD_INPUTS.tell('SUBJECT'));
    const answer = await alerts.desk.silence({ ...order, until: inCalendar(until) }, { actor, ...(idempotencyKey && { idempotencyKey }) });
    if (isRejection(answer)) return refusedNode(answer);
    const { repeated, ...silence } = answer;
    return nodeOf(SilenceAccepted, { silence: nodeOf(AlertSilence, silence), repeated });
  }

  @Authorized<Role>('operator')
  @Mutation(() => SilenceResult, { description: 'Ends a silence before its time. What it kept back and still goes on is sent.' })
  async endSilence(@Arg('id', () => UuidScalar) id: string, @Ctx() { alerts, actor }: Context): Promise<SilenceAccepted | Refused> {
    const ended = await alerts.desk.endSilence(id.toLowerCase(), actor);
    if (ended !== undefined) return nodeOf(SilenceAccepted, { silence: nodeOf(AlertSilence, ended), repeated: false });
    return refusedNode({ code: 'SILENCE_NOT_FOUND', ...because('SILENCE_NOT_FOUND', { silence: id }) });
  }

  @Authorized<Role>('viewer')
  @Most(CHANNEL_NAMES.length)
  @Query(() => [AlertChannelEnum], { description: 'Channels by which alerts are sent. None: they are only recorded.' })
  alertChannels(@Ctx() { alerts }: Context): readonly ChannelName[] {
    return alerts.channels();
  }

  @Authorized<Role>('operator')
  @Mutation(() => AlertsTested, {
    description: 'Sends a test message through each configured channel, and says what came back. Nothing is recorded. One test at a time.',
  })
  async testAlerts(@Ctx() { alerts }: Context): Promise<AlertsTested> {
    const trials = await alerts.trial();
    return nodeOf(AlertsTested, { trials: trials.map(({ channel, ok, code }) => nodeOf(AlertTrial, { channel, ok, code })) });
  }

  @Authorized<Role>('viewer')
  @Subscription(() => Int, {
    description:
      'How many alerts are open: now, and again within seconds whenever an alert or a silence begins or ends. Where one did within the last half minute, the first answer comes twice: what the caller shows may have been read before. Does not end.',
    subscribe: ({ context }: { context: Context }) => abortable((signal) => context.alerts.changes.follow(signal)),
  })
  alertsChanged(@Root() open: number): number {
    return open;
  }

  @FieldResolver(() => String, { description: 'What happened.' })
  text(
    @Root() { kind, facts }: Alert,
    @Ctx() { alerts }: Context,
    @Arg('language', () => LanguageEnum, { nullable: true, description: 'Default: that of the messages.' })
    language?: Language | null,
  ): string {
    return alertWords(language ?? alerts.language).sentence(kind, facts);
  }
}

function alertNode(row: Row): Alert {
  return nodeOf(Alert, { ...row, path: pageOf(row), deliveries: row.deliveries.map((each) => nodeOf(AlertDelivery, each)) });
}
