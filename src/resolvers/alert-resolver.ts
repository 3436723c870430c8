import { Arg, Args, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Alert as Row } from '../alerts/alert-desk.js';
import { alertWords } from '../alerts/alert-words.js';
import { pageOf } from '../alerts/message.js';
import { isRejection } from '../domain/rejection.js';
import type { Role } from '../identity/role.js';
import {
  Alert,
  AlertConnection,
  AlertDelivery,
  AlertFilterInput,
  AlertSilence,
  SilenceAccepted,
  SilenceAlertsInput,
  SilenceResult,
} from '../schema/alert-type.js';
import { PageArgs, type Connection } from '../schema/connection.js';
import { Refused } from '../schema/error-type.js';
import { Most } from '../schema/list-size.js';
import { UuidScalar } from '../schema/scalars.js';
import { badInput } from './bad-input.js';
import type { Context } from './context.js';
import { filterOf } from './filter-of.js';
import { nodeOf } from './node-of.js';
import { connect, pageRequest, type ListKey } from './paging.js';
import { inCalendar } from './possible-values.js';

const SUBJECT = /^[0-9a-z-]{1,64}$/;
const ALERTS: ListKey = { list: 'alerts', form: ['time', 'uuid'] };

/** Alerts, and the silences that keep them from being sent. */
@Resolver()
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
      node: (row) => alertNode(row, alerts.language),
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
    @Arg('input', () => SilenceAlertsInput) { kind, subject, until, reason }: SilenceAlertsInput,
    @Ctx() { alerts, actor }: Context,
  ): Promise<SilenceAccepted | Refused> {
    // Left out it would stand for all of the kind.
    if (typeof subject === 'string' && !SUBJECT.test(subject))
      throw badInput('subject', '`subject` is the id of a run or of a schedule, or `service`, found another text. Copy it from the alert.');
    const answer = await alerts.desk.silence({ kind, subject: subject ?? undefined, until: inCalendar(until), reason }, actor);
    return isRejection(answer)
      ? nodeOf(Refused, { code: answer.code, message: answer.message })
      : nodeOf(SilenceAccepted, { silence: nodeOf(AlertSilence, answer) });
  }

  @Authorized<Role>('operator')
  @Mutation(() => SilenceResult, { description: 'Ends a silence before its time. What it kept back and still goes on is sent.' })
  async endSilence(@Arg('id', () => UuidScalar) id: string, @Ctx() { alerts, actor }: Context): Promise<SilenceAccepted | Refused> {
    const ended = await alerts.desk.endSilence(id.toLowerCase(), actor);
    if (ended !== undefined) return nodeOf(SilenceAccepted, { silence: nodeOf(AlertSilence, ended) });
    return nodeOf(Refused, {
      code: 'SILENCE_NOT_FOUND',
      message: `No silence has the id ${id} and goes on. List them with \`alertSilences\`.`,
    });
  }
}

function alertNode(row: Row, language: Context['alerts']['language']): Alert {
  const { facts, deliveries, ...shown } = row;
  return nodeOf(Alert, {
    ...shown,
    text: alertWords(language).sentence(row.kind, facts),
    path: pageOf(row),
    deliveries: deliveries.map((each) => nodeOf(AlertDelivery, each)),
  });
}
