import type { Role } from '../../src/identity/role.js';
import { createTestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { AUDIENCE, goodClaims, ISSUER, startProvider, type Provider } from './identity-issuers.js';

/** A service whose callers have tokens of a provider, each with a role in the claim `job`. */
export interface RoleService extends AsyncDisposable {
  readonly provider: Provider;
  readonly service: TestService;
  /** What a caller of a role sends as `authorization`. */
  bearer(role: Role): Promise<string>;
}

/** Starts one on an empty database of its own. */
export async function startRoleService(): Promise<RoleService> {
  const provider = await startProvider();
  const database = await createTestDatabase();
  const environment = { AUTH_JWKS_URL: provider.url, AUTH_JWT_ISSUER: ISSUER, AUTH_JWT_AUDIENCE: AUDIENCE, AUTH_ROLE_CLAIM: 'job' };
  const service = await startTestService(database, { role: 'api', environment });
  return {
    provider,
    service,
    bearer: async (role) => `Bearer ${await provider.sign({ ...goodClaims(), batch_role: 'admin', job: role })}`,
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      await database.drop();
      await provider[Symbol.asyncDispose]();
    },
  };
}
