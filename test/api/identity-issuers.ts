import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';

/** Secrets and names that the tests' services are configured with. */
export const SECRET = 'own-secret-of-the-tests-0123456789abcdef';
export const IBSAFE_SECRET = 'ibsafe-secret-of-the-tests-0123456789abcdef';
export const ISSUER = 'https://sso.example';
export const AUDIENCE = 'ibsafe-batch';

/** Claims of a token that is good, as one for this service has them. */
export function goodClaims(role: unknown = 'viewer'): JWTPayload {
  return { sub: 'kim', iss: ISSUER, aud: AUDIENCE, batch_role: role, exp: inSeconds(600) };
}

/** Claims as IBSafe's app gives them to a user. */
export function ibsafeClaims(userId: unknown): JWTPayload {
  return { token_type: 'access', exp: inSeconds(600), iat: inSeconds(0), jti: '0a1b2c', user_id: userId };
}

/** A time from now, as claims write it. */
export function inSeconds(seconds: number): number {
  return Math.floor(Date.now() / 1_000) + seconds;
}

/** Signs with a secret. */
export function signHs256(claims: JWTPayload, secret: string = SECRET): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(new TextEncoder().encode(secret));
}

/** A token that nobody has signed and that says so. */
export function unsigned(claims: JWTPayload): string {
  return `${partOf({ alg: 'none', typ: 'JWT' })}.${partOf(claims)}.`;
}

/** A value as a part of a token. */
export function partOf(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** An identity provider on this machine, with a key of its own. */
export interface Provider extends AsyncDisposable {
  readonly url: string;
  /** How often its keys were asked for. */
  readonly asked: () => number;
  /** Its public key, as anybody can get it. */
  readonly publicPem: string;
  sign(claims: JWTPayload): Promise<string>;
  /** Signs with a key that it does not publish, under the published one's name. */
  forge(claims: JWTPayload): Promise<string>;
}

/** Starts a provider of ES256 keys on a free port. */
export async function startProvider(): Promise<Provider> {
  const [own, foreign] = await Promise.all([generateKeyPair('ES256', { extractable: true }), generateKeyPair('ES256')]);
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(own.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }] });
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    response.setHeader('content-type', 'application/json').end(keys);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    asked: () => asked,
    publicPem: await exportSPKI(own.publicKey),
    sign: (claims) => signEs256(claims, own.privateKey),
    forge: (claims) => signEs256(claims, foreign.privateKey),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function signEs256(claims: JWTPayload, key: CryptoKey): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(key);
}
