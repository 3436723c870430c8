import { z } from 'zod';
import { parseAddress } from './database/address.js';
import type { AddressError } from './database/url-parts.js';
import { parseRoleMap } from './identity/oidc/oidc-roles.js';
import { isLoopback } from './loopback.js';

/** A whole number of a range; its bounds are shown on the pages. */
export const whole = (least: number, most: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d+$/, `a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `a whole number from ${least} to ${most}`)
    .meta({ least, most });

/** One of some words. */
export const choice = <const T extends readonly [string, ...string[]]>(values: T): z.ZodEnum<{ [K in T[number]]: K }> =>
  z.enum(values, `one of ${values.join(', ')}`);

/** A URL of some schemes. */
export const urlOf = (...schemes: string[]): z.ZodString =>
  z
    .string()
    .refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)), `a URL that begins with ${schemes.join(':// or ')}://`);

/** A connection string of PostgreSQL. */
export const databaseUrl = z.string().superRefine((text, context) => {
  try {
    parseAddress(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as AddressError).message });
  }
});

/** A time zone by its IANA name. */
export const timeZone = z.string().refine((zone) => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}, 'an IANA time zone such as Asia/Seoul');

/** 256 bits, as RFC 7518 asks of a secret for HS256. */
export const signingSecret = z
  .string()
  .refine((text) => Buffer.byteLength(text) >= 32, 'a secret of at least 32 bytes, such as "openssl rand -base64 48" prints');

/** A place from which keys are read: over TLS, unless it is on this machine. */
export const keySetUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username } = new URL(text);
  return username === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)));
}, 'a URL that begins with https:// (http:// only on this machine) and holds no password');

/** Origins of pages, as browsers write them. */
export const origins = z.string().refine((text) => {
  return text.split(',').every((origin) => keySetUrl.safeParse(origin).success && new URL(origin).origin === origin);
}, 'origins as browsers write them, with commas and no blanks between them, such as https://app.ibsafe.example (http:// only on this machine)');

/** Scopes of OpenID Connect. */
export const scopes = z
  .string()
  .refine(
    (text) => text.split(' ').includes('openid') && /^[\x21\x23-\x5b\x5d-\x7e ]+$/.test(text),
    'scopes with blanks between them, openid among them',
  );

/** Values of a provider's claim with the roles that they stand for. */
export const roleMap = z
  .string()
  .refine(
    (text) => parseRoleMap(text) !== undefined,
    'values of the claim with their roles, such as ibsafe-admins=admin;night-team=operator;staff=viewer',
  );

/** Any host will do over http: a model often runs on the same private network. */
export const endpointUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, search, hash } = new URL(text);
  return /^https?:$/u.test(protocol) && username + search + hash === '';
}, 'a URL that begins with https:// or http://, such as http://127.0.0.1:11434/v1, and holds no password, query or fragment');

/** An amount of money. */
export const dollars = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,6})?$/, 'an amount in US$ such as 0.15')
  .transform(Number);
