import { z } from 'zod';
import { isLoopback } from './loopback.js';

/** Chats have secrets in the path or the query of theirs. */
export const webhookUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, hash } = new URL(text);
  return username + hash === '' && (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)));
}, 'a URL that begins with https:// (http:// only on this machine) and holds no user name or fragment');

/** A mail server, perhaps with a user and a password. */
export const smtpUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname, search, hash } = new URL(text);
  return /^smtps?:$/u.test(protocol) && hostname !== '' && ['', '/'].includes(pathname) && search + hash === '';
}, 'a URL such as smtps://user:password@mail.example.org:465, or smtp://mail.example.org:587');

/** No line break, comma or bracket: an address cannot become a header or a second address. */
const ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,190}$/u;
/** One address of a mailbox. */
export const emailAddress = z.string().regex(ADDRESS, 'an address such as batch@example.org');
/** Addresses of mailboxes. */
export const addresses = z
  .string()
  .refine(
    (text) => addressesIn(text).length <= 20 && addressesIn(text).every((one) => ADDRESS.test(one)),
    'one to 20 addresses with commas between them',
  );

/** The addresses of a list with commas. */
export function addressesIn(text: string): string[] {
  return text.split(',').map((one) => one.trim());
}

/** Where browsers find the service. Over http, cookies and codes would be open to every listener on the way. */
export const consoleUrl = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.href === `${url.origin}/` && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname)));
}, 'the address of the service as browsers know it, such as https://batch.example.org, without a path (http:// only on this machine)');

/** Headers for a collector, as OpenTelemetry writes them. */
export const otlpHeaders = z
  .string()
  .regex(/^[\w-]+=(?:[\x21-\x24\x26-\x2b\x2d-\x7e]|%[0-9a-fA-F]{2})*(?:,[\w-]+=(?:[\x21-\x24\x26-\x2b\x2d-\x7e]|%[0-9a-fA-F]{2})*)*$/, 'headers as name=value with commas between them, such as authorization=Bearer%20abc'); // prettier-ignore
