import { z } from 'zod';
import { kept, SETTINGS } from './config-words.js';
import { isLoopback } from '../base/loopback.js';

const { tell } = SETTINGS;

/** Chats have secrets in the path or the query of theirs. */
export const webhookUrl = z.string().refine(
  (text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname, username, password, hash } = new URL(text);
    return username + password + hash === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)));
  },
  kept(tell('WEBHOOK_URL')),
);

/** A mail server, perhaps with a user and a password, which a text sent to it can hold. */
export const smtpUrl = z.string().refine(
  (text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname, pathname, search, hash, username, password } = new URL(text);
    const isServer = /^smtps?:$/u.test(protocol) && hostname !== '' && ['', '/'].includes(pathname) && search + hash === '';
    return isServer && decoded(username) !== undefined && decoded(password) !== undefined;
  },
  kept(tell('SMTP_URL')),
);

/** As the driver of MongoDB reads it: who, hosts with their ports, then a database and options. */
const MONGO = /^mongodb(?<srv>\+srv)?:\/\/(?:(?<user>[^:@/?#]*)(?::(?<password>[^:@/?#]*))?@)?(?<hosts>[^/?#@]+)(?:[/?](?<rest>[^#]*))?$/u;
const MONGO_HOST = /^(?:\[[\da-f:.]+\]|[^\s:[\]]+)(?::(?<port>\d{1,5}))?$/iu;
const MAX_PORT = 65_535;

/** A connection string of MongoDB. Which options there are its driver knows. */
export const mongoUrl = z.string().refine(
  (text) => {
    const { srv, user = '', password = '', hosts, rest = '' } = MONGO.exec(text)?.groups ?? {};
    if (hosts === undefined || [user, password, rest].some((part) => decoded(part) === undefined)) return false;
    const found = hosts.split(',').map((host) => MONGO_HOST.exec(host)?.groups);
    if (srv !== undefined && (found.length > 1 || found[0]?.['port'] !== undefined)) return false;
    return found.every((host) => host !== undefined && Number(host['port'] ?? 1) >= 1 && Number(host['port'] ?? 1) <= MAX_PORT);
  },
  kept(tell('MONGODB_URL')),
);

/** What percent-encoding stands for; undefined where it is none. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** No line break, comma or bracket: an address cannot become a header or a second address. */
const ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,190}$/u;
/** One address of a mailbox. */
export const emailAddress = z.string().regex(ADDRESS, kept(tell('EMAIL')));
/** Addresses of mailboxes. */
export const addresses = z
  .string()
  .refine((text) => addressesIn(text).length <= 20 && addressesIn(text).every((one) => ADDRESS.test(one)), kept(tell('EMAILS')));

/** The addresses of a list with commas. */
export function addressesIn(text: string): string[] {
  return text.split(',').map((one) => one.trim());
}

/** Where browsers find the service. Over http, cookies and codes would be open to every listener on the way. */
export const consoleUrl = z.string().refine(
  (text) => {
    if (!URL.canParse(text)) return false;
    const url = new URL(text);
    return url.href === `${url.origin}/` && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
  },
  kept(tell('CONSOLE_URL')),
);

const OTLP = /^[\w-]+=(?:[\x21-\x24\x26-\x2b\x2d-\x7e]|%[0-9a-fA-F]{2})*(?:,[\w-]+=(?:[\x21-\x24\x26-\x2b\x2d-\x7e]|%[0-9a-fA-F]{2})*)*$/;

/** Headers for a collector, as OpenTelemetry writes them, of characters that a header can hold. */
export const otlpHeaders = z
  .string()
  .refine((text) => OTLP.test(text) && /^[\x20-\x7e]+$/.test(decoded(text) ?? ''), kept(tell('OTLP_HEADERS')));
