import { createUnionType, Field } from 'type-graphql';
import type { Role } from '../identity/role.js';
import { Refused } from './error-type.js';
import { RoleEnum } from './me-type.js';
import { DateTimeScalar } from './scalars.js';
import { ObjectOfNobody } from './of-person.js';

/** An API key as it may be shown. */
@ObjectOfNobody({
  description: 'An API key, by which a program or a person is known. The key itself is shown when it is made, and never again.',
})
export class ApiKey {
  @Field({ description: 'The part of the key by which it is found.' })
  prefix!: string;

  @Field({ description: 'What it is for; stands in the log as `key:<name>`.' })
  name!: string;

  @Field(() => RoleEnum)
  role!: Role;

  @Field({ description: 'The actor that made it.' })
  createdBy!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was revoked; null for one in use.' })
  revokedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Its last use, to the minute; null before the first.' })
  lastUsedAt!: Date | null;
}

/** A key that was made. */
@ObjectOfNobody({ description: 'A key was made.' })
export class ApiKeyCreated {
  @Field(() => ApiKey)
  apiKey!: ApiKey;

  @Field({ description: 'The key itself, this once: the service keeps a hash of it. Keep it where secrets are kept.' })
  key!: string;
}

/** What `createApiKey` answers. */
export const CreateApiKeyResult = createUnionType({
  name: 'CreateApiKeyResult',
  types: () => [ApiKeyCreated, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});

/** A key that was revoked. */
@ObjectOfNobody({ description: 'The key opens nothing from ten seconds later on, and the sessions and connections that it opened end.' })
export class ApiKeyRevoked {
  @Field(() => ApiKey)
  apiKey!: ApiKey;
}

/** What `revokeApiKey` answers. */
export const RevokeApiKeyResult = createUnionType({
  name: 'RevokeApiKeyResult',
  types: () => [ApiKeyRevoked, Refused] as const,
  resolveType: (value: object) => value.constructor.name,
});
