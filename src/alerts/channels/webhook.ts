import { boundedPost, NoAnswer } from '../../bounded-post.js';
import { VERSION } from '../../version.js';
import type { Message } from '../message.js';
import type { Channel, Sent } from './channel.js';
import { signatureHeaders } from './signature.js';
import { webhookBody, type WebhookFormat } from './webhook-bodies.js';

/** Where a webhook is. */
export interface WebhookSettings {
  readonly url: string;
  readonly format: WebhookFormat;
  /** Signs each message; undefined for none. */
  readonly secret: string | undefined;
}

/** Posts a message. The endpoint is a stranger: no redirect is followed, little is read of what it answers, and none of it is kept but the status. */
export function webhookChannel({ url, format, secret }: WebhookSettings): Channel {
  const target = new URL(url);
  return {
    name: 'WEBHOOK',
    to: target.host, // the path of a chat's webhook is its password
    async send(message: Message, signal: AbortSignal): Promise<Sent> {
      const body = JSON.stringify(webhookBody(format, message));
      const headers = {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': `ibsafe-batch/${VERSION}`,
        'idempotency-key': message.id,
        ...signatureHeaders(secret, body, Date.now()),
      };
      try {
        const answer = await boundedPost(target, { headers, body, signal });
        return verdict(answer.status, answer.headers['retry-after']);
      } catch (error) {
        return { ok: false, code: error instanceof NoAnswer ? error.kind : 'NO_ANSWER_IN_TIME' };
      }
    },
    close: () => undefined,
  };
}

function verdict(status: number, retryAfter: string | undefined): Sent {
  const code = `HTTP_${status}`;
  if (status >= 200 && status < 300) return { ok: true, code };
  const seconds = /^\d{1,6}$/.test(retryAfter ?? '') ? Number(retryAfter) : 0;
  return { ok: false, code, waitMs: seconds * 1_000 };
}
