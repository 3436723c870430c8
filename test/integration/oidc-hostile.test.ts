import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, customFetch, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { boundedFetch } from '../../src/base/bounded-fetch.js';
import { newFlow, OidcProvider, type CameBack } from '../../src/identity/oidc/oidc-provider.js';
import { parseRoleMap } from '../../src/identity/oidc/oidc-roles.js';

type Path = '/.well-known/openid-configuration' | '/token' | '/jwks';
type Answering = (request: IncomingMessage, response: ServerResponse) => void;

/** Sends a body until its reader has had enough. */
const endless: Answering = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = (): void => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  };
  response.on('drain', more);
  more();
};
const json =
  (value: unknown): Answering =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
const elsewhere: Answering = (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();

let answers: Record<Path, Answering>;
let issuer: string;
let close: () => Promise<void>;
let provider: OidcProvider;
let now = Date.now();

beforeEach(async () => {
  const server = createServer((request, response) => (answers[request.url as Path] ?? elsewhere)(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  answers = { '/.well-known/openid-configuration': json(metadata()), '/token': elsewhere, '/jwks': elsewhere };
  provider = new OidcProvider(
    {
      issuer: new URL(issuer),
      clientId: 'ibsafe-batch',
      clientSecret: 'a secret of the test',
      scopes: 'openid',
      rolesClaim: 'groups',
      roles: parseRoleMap('night=operator') ?? new Map(),
      redirectUri: 'http://127.0.0.1:1/session/oidc/return',
      afterSignOut: 'http://127.0.0.1:1/console',
    },
    () => now,
  );
});
afterEach(() => close());

function metadata(more: Record<string, unknown> = {}): Record<string, unknown> {
  const names = { authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks` };
  return { issuer, ...names, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'], ...more }; // prettier-ignore
}

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: object;
}

async function keyOf(kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
}

/** Comes back with a code, for which the provider gives a token that a key signed. */
async function comeBack({ kid, privateKey }: Key, token?: Answering): Promise<CameBack> {
  const flow = newFlow();
  const claims = { nonce: flow.nonce, groups: ['night'] };
  const idToken = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).setIssuer(issuer).setAudience('ibsafe-batch').setSubject('kim').setIssuedAt().setExpirationTime('5m').sign(privateKey); // prettier-ignore
  answers['/token'] = token ?? json({ access_token: 'a', token_type: 'bearer', id_token: idToken });
  return provider.finish(new URLSearchParams({ code: 'c', state: flow.state }).toString(), flow);
}

describe('What a provider says of itself', () => {
  it.each<[string, () => Answering]>([
    ['has no end', () => endless],
    ['is at another host', () => elsewhere],
    ['has no page to sign in at', () => json(metadata({ authorization_endpoint: undefined }))],
    ['leads browsers to a script', () => json(metadata({ authorization_endpoint: 'javascript:alert(1)' }))],
    ['has an address that is none for tokens', () => json(metadata({ token_endpoint: 'not an address' }))],
    ['has a list for an address', () => json(metadata({ jwks_uri: ['https://x.example'] }))],
    ['is another one’s', () => json(metadata({ issuer: 'https://other.example' }))],
    ['is no JSON', () => (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('<html>')],
  ])('and %s leads nobody anywhere, and is asked for anew at the next sign-in', async (_, answering) => {
    answers['/.well-known/openid-configuration'] = answering();
    await expect(provider.begin(newFlow())).rejects.toMatchObject({ code: 'PROVIDER_AWAY' });
    answers['/.well-known/openid-configuration'] = json(metadata());
    expect((await provider.begin(newFlow())).origin).toBe(issuer);
  });
});

describe('Who comes back from a provider', () => {
  it('is known by keys that were changed since the last sign-in, at the latest at the second try', async () => {
    const [first, second] = [await keyOf('1'), await keyOf('2')];
    answers['/jwks'] = json({ keys: [first.jwk] });
    expect((await comeBack(first)).standing).toMatchObject({ actor: 'oidc:kim', role: 'operator' });
    answers['/jwks'] = json({ keys: [second.jwk] });
    await comeBack(second).catch(() => undefined);
    expect((await comeBack(second)).standing).toMatchObject({ actor: 'oidc:kim', role: 'operator' });
    await expect(comeBack(first)).rejects.toMatchObject({ code: 'SIGN_IN_INVALID' }); // a key that was taken away signs for nobody
  });

  it('is not signed in by answers without an end, and the process keeps none of them', async () => {
    const key = await keyOf('1');
    answers['/jwks'] = json({ keys: [key.jwk] });
    const before = process.memoryUsage().rss;
    await expect(comeBack(key, endless)).rejects.toMatchObject({ code: 'PROVIDER_AWAY' });
    answers['/jwks'] = endless;
    await expect(comeBack(key)).rejects.toMatchObject({ code: expect.stringMatching(/PROVIDER_AWAY|SIGN_IN_INVALID/) });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    answers['/jwks'] = json({ keys: [key.jwk] });
    expect((await comeBack(key)).standing).toMatchObject({ actor: 'oidc:kim' });
  });

  it.each([
    ['a minute in the future', 60, false],
    ['ten seconds in the future', 10, true],
  ])('with a token that was made %s is taken as clocks may differ', async (_, ahead, isTaken) => {
    const key = await keyOf('1');
    answers['/jwks'] = json({ keys: [key.jwk] });
    const flow = newFlow();
    const madeAt = Math.floor(Date.now() / 1_000) + ahead;
    const idToken = await new SignJWT({ nonce: flow.nonce, groups: ['night'], nbf: madeAt }).setProtectedHeader({ alg: 'RS256', kid: '1' }).setIssuer(issuer).setAudience('ibsafe-batch').setSubject('kim').setIssuedAt(madeAt).setExpirationTime(madeAt + 300).sign(key.privateKey); // prettier-ignore
    answers['/token'] = json({ access_token: 'a', token_type: 'bearer', id_token: idToken });
    const came = provider.finish(new URLSearchParams({ code: 'c', state: flow.state }).toString(), flow);
    if (isTaken) expect((await came).standing).toMatchObject({ role: 'operator' });
    else await expect(came).rejects.toMatchObject({ code: 'SIGN_IN_INVALID' });
  });
});

it('Keys of a list without an end are none, at an address of keys as well', async () => {
  const key = await keyOf('1');
  const token = await new SignJWT({}).setProtectedHeader({ alg: 'RS256', kid: '1' }).sign(key.privateKey);
  const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`), { [customFetch]: boundedFetch });
  answers['/jwks'] = endless;
  const [encodedHeader, payload, signature] = token.split('.') as [string, string, string];
  const asked = keys(decodeProtectedHeader(token), { protected: encodedHeader, payload, signature });
  await expect(asked).rejects.toMatchObject({ name: 'NoAnswer' });
});
