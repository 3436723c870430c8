import { isIP } from 'node:net';
import { z } from 'zod';
import { kept, SETTINGS } from './config-words.js';
import { parseAddress } from '../database/address.js';
import type { AddressError } from '../database/url-parts.js';
import { parseRoleMap } from '../identity/oidc/oidc-roles.js';
import { isLoopback } from '../base/loopback.js';
import { timeZoneName } from '../domain/schedule/time-zone.js';

const { tell } = SETTINGS;

/** A whole number of a range; its bounds are shown on the pages. */
export const whole = (least: number, most: number): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d+$/, kept(tell('WHOLE', { least, most })))
    .transform(Number)
    .refine((value) => value >= least && value <= most, kept(tell('WHOLE', { least, most })))
    .meta({ least, most });

/** One of some words. */
export const choice = <const T extends readonly [string, ...string[]]>(values: T): z.ZodEnum<{ [K in T[number]]: K }> =>
  z.enum(values, kept(tell('ONE_OF', { words: values })));

const LABEL = /^(?!-)[\w-]{1,63}(?<!-)$/u;
/** Of a name that ends in a figure resolvers make an address, each its own. */
const FIGURE = /^(?:\d+|0x[\da-f]*)$/iu;

/** A name or address of this machine. Whether it has it the start looks, before anything is made. */
export const listenAddress = z.string().refine((text) => isIP(text) !== 0 || isHostName(text), kept(tell('LISTEN_ADDRESS')));

function isHostName(text: string): boolean {
  const labels = text.replace(/\.$/u, '').split('.');
  return text.length <= 253 && labels.every((label) => LABEL.test(label)) && !FIGURE.test(labels.at(-1) ?? '');
}

/**
 * Whether a text is what was meant: quotes that enclose it and blanks or line breaks at its ends come from how it was handed over (`docker run --env-file` keeps quotes, a
 * secret made of a file its last line end), and would make another folder, or a secret by which every token is refused.
 */
const isBare = (text: string): boolean => text === text.trim() && !/\p{Cc}/u.test(text) && !/^(["'`])[^]*\1$/u.test(text);

/** A word of another system: an issuer, a client, a claim, a secret. */
export const bareText = z.string().refine(isBare, kept(tell('BARE_TEXT')));

/** A folder by its path. */
export const folder = z.string().refine((text) => text.trim() !== '' && isBare(text), kept(tell('FOLDER')));

/** A connection string of PostgreSQL. */
export const databaseUrl = z.string().superRefine((text, context) => {
  try {
    parseAddress(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: kept({ text: (error as AddressError).message, said: (error as AddressError).said }) });
  }
});

/** A time zone by its IANA name, as schedules take it. */
export const timeZone = z.string().refine((zone) => timeZoneName(zone) !== undefined, kept(tell('TIME_ZONE')));

/** 256 bits, as RFC 7518 asks of a secret for HS256. */
export const signingSecret = z.string().refine((text) => Buffer.byteLength(text) >= 32 && isBare(text), kept(tell('SECRET_BYTES')));

/** A place from which keys are read: over TLS, unless it is on this machine. */
export const keySetUrl = z.string().refine(
  (text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname, username, password } = new URL(text);
    return username + password === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)));
  },
  kept(tell('KEY_SET_URL')),
);

/** Origins of pages, as browsers write them. */
export const origins = z.string().refine(
  (text) => {
    return text.split(',').every((origin) => keySetUrl.safeParse(origin).success && new URL(origin).origin === origin);
  },
  kept(tell('ORIGINS')),
);

/** Scopes of OpenID Connect. */
export const scopes = z
  .string()
  .refine((text) => text.split(' ').includes('openid') && /^[\x21\x23-\x5b\x5d-\x7e ]+$/.test(text), kept(tell('SCOPES')));

/** Values of a provider's claim with the roles that they stand for. */
export const roleMap = z.string().refine((text) => parseRoleMap(text) !== undefined, kept(tell('ROLE_MAP')));

/** Any host will do over http: a model often runs on the same private network. */
export const endpointUrl = z.string().refine(
  (text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, username, password } = new URL(text);
    // By the text itself: an empty query, a blank or a backslash is taken away by the reader, and would end up in the middle of the addresses that are made of it.
    return /^https?:\/\/[^\s?#\\]+$/iu.test(text) && /^https?:$/u.test(protocol) && username + password === '';
  },
  kept(tell('ENDPOINT_URL')),
);

/** An amount of money. */
export const dollars = z
  .string()
  .regex(/^\d{1,6}(\.\d{1,6})?$/, kept(tell('DOLLARS')))
  .transform(Number);
