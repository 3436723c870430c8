import { createTransport } from 'nodemailer';
import { isLoopback } from '../../base/loopback.js';
import type { Message } from '../message.js';
import type { Channel, Sent } from './channel.js';

/** Where mail goes, and over which server. */
export interface EmailSettings {
  /** `smtp://` or `smtps://`, with a user and password where the server wants them. */
  readonly url: string;
  readonly from: string;
  readonly to: readonly string[];
  /** ms that each step may take. */
  readonly timeoutMs: number;
}

/** A name is looked up, a connection made, a greeting heard, the line secured, a password taken, a mail taken. */
const STEPS = 6;

/** Mails a message. Its Message-ID is the same at each try, so that a mailbox can tell a repetition. */
export function emailChannel({ url, from, to, timeoutMs }: EmailSettings): Channel {
  const { hostname, port, protocol, username, password } = new URL(url);
  const secure = protocol === 'smtps:';
  const options = {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port === '' ? (secure ? 465 : 587) : port),
    secure,
    // A password is not told over a line that anybody can read.
    requireTLS: !secure && username !== '' && !isLoopback(hostname),
    ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const domain = /@([^@>]+)>?$/.exec(from)?.[1] ?? 'ibsafe-batch.invalid';
  return {
    name: 'EMAIL',
    steps: STEPS,
    to: to.join(', '),
    async send(message: Message, signal: AbortSignal): Promise<Sent> {
      const transport = createTransport(options); // a connection for each: alerts are hours apart
      try {
        // The signal ends the dialogue itself: a mail that goes on after its try would be sent once more with the next one.
        return told(await transport.sendMail({ ...mailOf(message, { from, to, domain }), signal }), to.length);
      } catch (error) {
        return { ok: false, code: signal.aborted ? 'NO_ANSWER_IN_TIME' : codeOf(error) };
      } finally {
        transport.close();
      }
    },
    close: () => undefined,
  };
}

/** What is known of a mail that a server took. */
interface Taken {
  readonly rejected?: readonly unknown[] | undefined;
  readonly rejectedErrors?: readonly { readonly responseCode?: unknown }[] | undefined;
}

/** A mail that was taken for some is sent: once more would be twice for them. That it was not taken for the others stays in its code, which the doctor reads. */
function told({ rejected = [], rejectedErrors = [] }: Taken, receivers: number): Sent {
  if (rejected.length === 0) return { ok: true, code: 'SMTP_250' };
  const status = Number(rejectedErrors[0]?.responseCode);
  return { ok: true, code: `SMTP_${Number.isInteger(status) ? status : 550}_FOR_${rejected.length}_OF_${receivers}`, partly: true };
}

function mailOf(
  { id, title, lines, link }: Message,
  { from, to, domain }: { from: string; to: readonly string[]; domain: string },
): object {
  const text = [...lines, ...(link === undefined ? [] : [link])].join('\n\n');
  return { from, to: [...to], subject: title, text, messageId: `<${id}@${domain}>`, headers: { 'Auto-Submitted': 'auto-generated' } };
}

/** What the server answered, as a number, or else how it failed. */
function codeOf(error: unknown): string {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  if (typeof responseCode === 'number') return `SMTP_${responseCode}`;
  return typeof code === 'string' && /^[A-Z_]{2,30}$/.test(code) ? code : 'NO_CONNECTION';
}
