import { refuseKey, refuseReused } from '../application/idempotency.js';
import { because } from '../domain/refusals.js';
import { nodeOf } from './node-of.js';
import { refusedNode } from './refused-node.js';
import { Arg, Authorized, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { KEY_NAME, type ApiKey as Row } from '../identity/api-key-store.js';
import type { Role } from '../identity/role.js';
import { ApiKey, ApiKeyCreated, ApiKeyRevoked, CreateApiKeyResult, RevokeApiKeyResult } from '../schema/api-key-type.js';
import type { Refused } from '../schema/error-type.js';
import { Most } from '../schema/list-size.js';
import { RoleEnum } from '../schema/me-type.js';
import type { Context } from './context.js';

/** Keys that are listed at most: those in use first, then those revoked last. */
const MAX_KEYS = 500;

/** API keys, for admins. */
@Resolver()
export class ApiKeyResolver {
  @Authorized<Role>('admin')
  @Most(MAX_KEYS)
  @Query(() => [ApiKey], { description: `API keys, those in use first and the newest first, at most ${MAX_KEYS}.` })
  async apiKeys(@Ctx() { keys }: Context): Promise<ApiKey[]> {
    const found = (await keys.list()).toReversed();
    const [inUse, revoked] = [found.filter(({ revokedAt }) => revokedAt === null), found.filter(({ revokedAt }) => revokedAt !== null)];
    return [...inUse, ...revoked].slice(0, MAX_KEYS).map(keyNode);
  }

  @Authorized<Role>('admin')
  @Mutation(() => CreateApiKeyResult, { description: 'Makes an API key and tells it, this once.' })
  async createApiKey(
    @Arg('name', { description: 'What it is for, no personal data: 1 to 60 letters, digits, blanks, dots, dashes or underscores.' })
    name: string,
    @Arg('role', () => RoleEnum) role: Role,
    @Arg('idempotencyKey', () => String, {
      nullable: true,
      description:
        'The same key from the same caller is answered with the API key that it made, with another secret, until that is used: the secret of a lost answer opens nothing. 1 to 128 printable ASCII characters; a UUID is best.',
    })
    idempotencyKey: string | null | undefined,
    @Ctx() { keys, actor }: Context,
  ): Promise<ApiKeyCreated | Refused> {
    if (!KEY_NAME.test(name)) return refusedNode({ code: 'API_KEY_NAME_INVALID', ...because('API_KEY_NAME_INVALID') });
    const refusal = refuseKey({ actor, ...(typeof idempotencyKey === 'string' && { idempotencyKey }) });
    if (refusal !== undefined) return refusedNode(refusal);
    const order = { name, role, createdBy: actor };
    const made =
      typeof idempotencyKey === 'string' ? await keys.createOnce(order, idempotencyKey) : ((await keys.create(order)) ?? 'TAKEN');
    if (made === 'REUSED') return refusedNode(refuseReused('API key'));
    if (made === 'TAKEN') return refusedNode({ code: 'API_KEY_NAME_TAKEN', ...because('API_KEY_NAME_TAKEN', { name }) });
    const row = (await keys.list()).find(({ prefix }) => prefix === made.prefix);
    if (row === undefined) throw new Error('a key that was just made is not there');
    return nodeOf(ApiKeyCreated, { apiKey: keyNode(row), key: made.key });
  }

  @Authorized<Role>('admin')
  @Mutation(() => RevokeApiKeyResult, { description: 'Revokes an API key for good.' })
  async revokeApiKey(
    @Arg('prefix', { description: 'Its prefix, as `apiKeys` tells it.' }) prefix: string,
    @Ctx() { keys, actor }: Context,
  ): Promise<ApiKeyRevoked | Refused> {
    // By the prefix alone: a name may be given again, and another key would go. What was given is not quoted, it may be a whole key.
    const row = /^[a-z2-7]{8}$/.test(prefix) ? await keys.revokePrefix(prefix, actor) : undefined;
    if (row === undefined) return refusedNode({ code: 'API_KEY_NOT_FOUND', ...because('API_KEY_NOT_FOUND') });
    return nodeOf(ApiKeyRevoked, { apiKey: keyNode(row) });
  }
}

function keyNode({ prefix, name, role, createdBy, createdAt, revokedAt, lastUsedAt }: Row): ApiKey {
  return nodeOf(ApiKey, { prefix, name, role, createdBy, createdAt, revokedAt, lastUsedAt });
}
