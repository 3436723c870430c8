import { createUnionType, Field, Int } from 'type-graphql';
import { SIGN_IN_WAYS, type SignInWay } from '../identity/sessions/session.js';
import { connectionOf } from './connection.js';
import { enumOf } from './enums.js';
import { Refused } from './error-type.js';
import { DateTimeScalar, UuidScalar } from './scalars.js';
import { ObjectOfNobody, PageOfNodes } from './of-person.js';

const SignInWayEnum = enumOf(SIGN_IN_WAYS, {
  name: 'SignInWay',
  description: 'How a session began.',
  values: {
    KEY: 'With an API key. The session ends when the key is revoked.',
    TOKEN: 'With a token made for this service. The session ends with it.',
    IBSAFE: 'With the access token of IBSafe’s app. The session ends when the account is closed, and at most eight hours after the token.',
    OIDC: 'At the organisation’s identity provider.',
  },
});

/** A browser that signed in. */
@ObjectOfNobody({
  description: 'A browser that signed in, once for console, dashboard and playground. What opens it is kept by the browser alone.',
})
export class Session {
  @Field(() => UuidScalar)
  id!: string;

  @Field({ description: 'The actor that signed in, as the log names it.' })
  actor!: string;

  @Field(() => SignInWayEnum)
  way!: SignInWay;

  @Field(() => DateTimeScalar)
  signedInAt!: Date;

  @Field(() => DateTimeScalar, { description: 'Its last use, to the minute.' })
  seenAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends unless it is used.' })
  expiresAt!: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends however it is used.' })
  endsAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it was signed out or revoked; null for one that goes on or has expired.',
  })
  endedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The actor that ended it: the session’s own by signing out, or an admin.' })
  endedBy!: string | null;

  @Field({ description: 'Whether it goes on.' })
  live!: boolean;

  @Field({ description: 'Whether this request was sent with it.' })
  current!: boolean;
}

@PageOfNodes()
export class SessionConnection extends connectionOf('Session', () => Session) {}

/** A session that was ended. */
@ObjectOfNobody({ description: 'The session is over: its requests are refused, and its subscriptions are closed within ten seconds.' })
export class SessionRevoked {
  @Field(() => UuidScalar)
  id!: string;
}

/** What `revokeSession` answers. */
export const RevokeSessionResult = createUnionType({
  name: 'RevokeSessionResult',
  types: () => [SessionRevoked, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});

/** All sessions of one actor, which were ended. */
@ObjectOfNobody({ description: 'The sessions of an actor are over, in every browser.' })
export class SignedOutEverywhere {
  @Field()
  actor!: string;

  @Field(() => Int, { description: 'How many sessions there were.' })
  sessions!: number;
}
