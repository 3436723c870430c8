import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiKeyStore } from '../../src/identity/api-key-store.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { DOORS, type Door } from './identity-doors.js';
import { AUDIENCE, goodClaims, IBSAFE_SECRET, inSeconds, ISSUER, partOf, SECRET, signHs256, startProvider, unsigned, type Provider } from './identity-issuers.js'; // prettier-ignore

let provider: Provider;
let database: TestDatabase;
let service: TestService;
let keys: ApiKeyStore;

beforeAll(async () => {
  provider = await startProvider();
  database = await createTestDatabase();
  const environment = {
    NODE_ENV: 'production',
    AUTH_JWT_SECRET: SECRET,
    AUTH_JWKS_URL: provider.url,
    AUTH_JWT_ISSUER: ISSUER,
    AUTH_JWT_AUDIENCE: AUDIENCE,
    AUTH_IBSAFE_JWT_SECRET: IBSAFE_SECRET,
  };
  service = await startTestService(database, { role: 'api', environment });
  keys = new ApiKeyStore(service.core.pool);
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await database?.drop();
  await provider?.[Symbol.asyncDispose]();
});

async function revokedKey(): Promise<string> {
  const made = await keys.create({ name: `revoked ${Math.random()}`, role: 'admin', createdBy: 'test' });
  await keys.revoke(made?.prefix ?? '', 'test');
  return made?.key ?? '';
}

async function keyWithOtherSecret(): Promise<string> {
  const made = await keys.create({ name: `other ${Math.random()}`, role: 'admin', createdBy: 'test' });
  return `${made?.key.slice(0, -43)}${'A'.repeat(43)}`;
}

const admin = (changes: object = {}) => ({ ...goodClaims('admin'), ...changes });
const without = (claim: string) => Object.fromEntries(Object.entries(admin()).filter(([name]) => name !== claim));

/** Each is a good admin's token but for one thing, and is refused for that very thing. */
const REFUSED: readonly (readonly [what: string, why: RegExp, make: () => string | Promise<string>])[] = [
  ['a token for another audience', /another audience/, () => signHs256(admin({ aud: 'another-service' }))],
  ['a token without an audience', /lacks the claim .+aud/, () => signHs256(without('aud'))],
  ['a token by another issuer', /another issuer/, () => signHs256(admin({ iss: 'https://elsewhere.example' }))],
  ['a token without an issuer', /lacks the claim .+iss/, () => signHs256(without('iss'))],
  ['a token that has expired', /expired/, () => signHs256(admin({ exp: inSeconds(-120) }))],
  ['a token that never expires', /lacks the claim .+exp/, () => signHs256(without('exp'))],
  ['a token that is not valid yet', /not valid yet/, () => signHs256(admin({ nbf: inSeconds(120) }))],
  ['a token of nobody', /lacks the claim .+sub/, () => signHs256(without('sub'))],
  ['a token whose subject would break a line of the log', /claim .+sub.+ cannot be used/, () => signHs256(admin({ sub: 'kim\nadmin' }))],
  ['a token whose subject would turn words around', /claim .+sub.+ cannot be used/, () => signHs256(admin({ sub: 'kim\u202Enimda' }))],
  ['a token signed with another secret', /not signed by a key/, () => signHs256(admin(), 'x'.repeat(40))],
  ['a token for this service signed with IBSafe’s secret', /lacks the claim/, () => signHs256(admin(), IBSAFE_SECRET)],
  ['a token of algorithm none', /signed in a way/, () => unsigned(admin())],
  ['a token signed with the provider’s public key as the secret', /not signed by a key/, () => signHs256(admin(), provider.publicPem)],
  ['a token signed by a stranger in the provider’s name', /not signed by a key/, () => provider.forge(admin())],
  ['a provider’s token for another of its services', /another audience/, () => provider.sign(admin({ aud: 'another-service' }))],
  ['a provider’s token that has expired', /expired/, () => provider.sign(admin({ exp: inSeconds(-120) }))],
  ['a token whose role was raised after it was signed', /not signed by a key/, async () => raised(await signHs256(goodClaims('viewer')))],
  ['garbage', /neither an API key nor/, () => 'not.a.token'],
  ['an API key that was revoked', /no API key in use/, revokedKey],
  ['an API key with another secret', /no API key in use/, keyWithOtherSecret],
  ['an API key that never was', /no API key in use/, () => `ibk_abcdefgh_${'A'.repeat(43)}`],
  ['half an API key', /no API key in use/, () => 'ibk_abcdefgh_AAAA'],
];

function raised(token: string): string {
  const [header, , signature] = token.split('.');
  return [header, partOf(admin()), signature].join('.');
}

describe.each(DOORS)('%s', (_name, door: Door, statuses) => {
  it.each(REFUSED)('refuses %s, without quoting it', async (_what, why, make) => {
    const token = await make();
    const { status, code, text } = await door(service.url, `Bearer ${token}`);
    expect(status).toBe(statuses.unknown);
    if (status === 401) expect([code, text]).toEqual(['UNAUTHENTICATED', expect.stringMatching(why)]);
    for (const part of [token, ...token.split('.')].filter(({ length }) => length > 8)) expect(text).not.toContain(part);
    expect(text).not.toContain('systemStatus');
  });

  it('refuses who shows nothing, or shows it in another way', async () => {
    for (const shown of [undefined, '', `Basic ${Buffer.from('kim:secret').toString('base64')}`, await signHs256(admin())]) {
      expect((await door(service.url, shown)).status).toBe(statuses.unknown);
    }
  });

  it('refuses with another word who is known and has no role', async () => {
    for (const role of [null, '', 'root', 'Admin', ['admin'], true]) {
      const { status, text } = await door(service.url, `Bearer ${await signHs256(goodClaims(role))}`);
      expect({ status, text }).toEqual({
        status: statuses.forbidden,
        text: expect.stringMatching(/This token gives no role here|Forbidden/),
      });
      expect(text).not.toContain('systemStatus');
    }
  });

  it('lets in the bearer of a token, of a provider’s token and of an API key', async () => {
    const key = await keys.create({ name: `reader ${_name}`, role: 'viewer', createdBy: 'test' });
    for (const token of [await signHs256(goodClaims()), await provider.sign(goodClaims()), key?.key]) {
      const { status, text } = await door(service.url, `Bearer ${token}`);
      expect(text).toContain('"systemStatus":{"version"');
      expect(status).toBe(statuses.in);
    }
  });
});

describe('What is known of callers', () => {
  it('holds although two clocks differ by some seconds', async () => {
    const [, http] = DOORS[0] ?? [];
    for (const claims of [{ exp: inSeconds(-10) }, { nbf: inSeconds(10) }]) {
      expect((await http?.(service.url, `Bearer ${await signHs256({ ...goodClaims(), ...claims })}`))?.status).toBe(200);
    }
  });

  it('is in no line of the log, and neither is any secret', async () => {
    const token = await signHs256(admin({ aud: 'x' }));
    for (const [, door] of DOORS) await door(service.url, `Bearer ${token}`);
    const log = service.logged.join('\n');
    expect(log).toMatch(/request .*"status":401/);
    for (const secret of [SECRET, IBSAFE_SECRET, token, token.split('.')[1] ?? '-', 'ibk_']) expect(log).not.toContain(secret);
  });

  it('costs the identity provider one request, not one for each token', () => {
    expect(provider.asked()).toBeLessThanOrEqual(2);
  });
});
