import { because } from '../domain/refusals.js';
import { nodeOf } from './node-of.js';
import { refusedNode } from './refused-node.js';
import { Arg, Args, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { Role } from '../identity/role.js';
import { expiryOf, type Session as Row } from '../identity/sessions/session.js';
import { PageArgs, type Connection } from '../schema/connection.js';
import type { Refused } from '../schema/error-type.js';
import { UuidScalar } from '../schema/scalars.js';
import { RevokeSessionResult, Session, SessionConnection, SessionRevoked, SignedOutEverywhere } from '../schema/session-type.js';
import { requireRole } from './authorize.js';
import type { Context } from './context.js';
import { connect, pageRequest, type ListKey } from './paging.js';
import { possibleTexts } from './possible-values.js';

const SESSIONS: ListKey = { list: 'sessions', form: ['time', 'uuid'] };

/** Sessions, those that have ended too, and how to end one. A service without signing in has none. */
@Resolver()
export class SessionResolver {
  @Authorized<Role>('viewer', 'reviewer')
  @Query(() => SessionConnection, {
    description: 'Browsers that signed in, newest first: the caller’s own; those of all actors for admins.',
  })
  async sessions(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { caller, sessions }: Context,
    @Arg('everybody', { defaultValue: false, description: 'Of all actors. Needs the role admin.' }) everybody: boolean,
    @Arg('ended', { defaultValue: false, description: 'Also those that are over: the actor, the time and the way of signing in.' })
    ended: boolean,
  ): Promise<Connection<Session>> {
    if (everybody) requireRole(caller, 'admin', '`sessions(everybody: true)`');
    const asked = pageRequest(page, SESSIONS);
    const found = (await sessions?.list({ actor: everybody ? undefined : caller.actor, live: !ended }, asked)) ?? {
      rows: [],
      hasNext: false,
    };
    const now = sessions?.now ?? 0;
    return connect(found, SESSIONS, {
      node: (row) => sessionNode(row, now, caller.session?.id),
      key: (row) => [row.signedInAt.toISOString(), row.id],
    });
  }

  @Authorized<Role>('viewer', 'reviewer')
  @Mutation(() => RevokeSessionResult, { description: 'Ends a session: one’s own, or, as an admin, that of any actor.' })
  async revokeSession(@Arg('id', () => UuidScalar) id: string, @Ctx() { caller, sessions }: Context): Promise<SessionRevoked | Refused> {
    const own = caller.role === 'admin' ? undefined : caller.actor;
    const ended = await sessions?.revoke(id.toLowerCase(), caller.actor, own);
    if (ended !== undefined) return nodeOf(SessionRevoked, { id: ended.id });
    // The same words for another's session: ids are no secret, and still a caller does not learn here which there are.
    return refusedNode({ code: 'SESSION_NOT_FOUND', ...because('SESSION_NOT_FOUND', { session: id }) });
  }

  @Authorized<Role>('viewer', 'reviewer')
  @Mutation(() => SignedOutEverywhere, {
    description: 'Ends all sessions of the caller, this one too, or, as an admin, those of another actor.',
  })
  async signOutEverywhere(
    @Ctx() { caller, sessions }: Context,
    @Arg('actor', () => String, { nullable: true, description: 'Whose, as the log names them. Needs the role admin for another’s.' })
    actor?: string | null,
  ): Promise<SignedOutEverywhere> {
    const whose = actor ?? caller.actor;
    if (whose !== caller.actor) requireRole(caller, 'admin', '`signOutEverywhere(actor:)`');
    const [possible] = possibleTexts([whose]);
    const count = possible === undefined ? 0 : await sessions?.revokeAll(possible, caller.actor);
    return nodeOf(SignedOutEverywhere, { actor: whose, sessions: count ?? 0 });
  }
}

function sessionNode(row: Row, now: number, current: string | undefined): Session {
  const { id, actor, way, signedInAt, seenAt, endsAt, endedAt, endedBy } = row;
  const expiresAt = new Date(expiryOf(row));
  const live = endedAt === null && expiresAt.getTime() > now;
  return nodeOf(Session, {
    id,
    actor,
    way,
    signedInAt,
    seenAt,
    expiresAt,
    endsAt,
    endedAt,
    endedBy,
    live,
    current: id === current,
  });
}
