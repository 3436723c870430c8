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

/** A mail server, perhaps with a user and a password. */
export const smtpUrl = z.string().refine(
  (text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname, pathname, search, hash } = new URL(text);
    return /^smtps?:$/u.test(protocol) && hostname !== '' && ['', '/'].includes(pathname) && search + hash === '';
  },
  kept(tell('SMTP_URL')),
);

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

/** Headers for a collector, as OpenTelemetry writes them. */
export const otlpHeaders = z
  .string()
  .regex(/^[\w-]+=(?:[\x21-\x24\x26-\x2b\x2d-\x7e]|%[0-9a-fA-F]{2})*(?:,[\w-]+=(?:[\x21-\x24\x26-\x2b\x2d-\x7e]|%[0-9a-fA-F]{2})*)*$/, kept(tell('OTLP_HEADERS'))); // prettier-ignore
