import { createHmac } from 'node:crypto';
import { boundedPost, NoAnswer } from '../../base/bounded-post.js';
import { askedWaitMs } from '../../base/asked-wait.js';
import { VERSION } from '../../base/version.js';
import type { Message } from '../message.js';
import type { Channel, Sent } from './channel.js';

/** Bodies that a webhook is sent: our own, or what a chat takes. */
const WEBHOOK_FORMATS = ['json', 'slack', 'teams', 'discord'] as const;
type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

const COLOURS = { RAISED: 0xc0392b, RESOLVED: 0x2e7d32 } as const;

/** The body of a message, as a value that JSON takes. */
export function webhookBody(format: WebhookFormat, message: Message): object {
  switch (format) {
    case 'slack':
      return slack(message);
    case 'teams':
      return teams(message);
    case 'discord':
      return discord(message);
    default:
      return plain(message);
  }
}

function plain({ id, alertId, message, kind, subject, facts, count, title, lines, link, ...times }: Message): object {
  const { firstAt, lastAt, resolvedAt } = times;
  const state = message === 'RAISED' ? 'OPEN' : 'RESOLVED';
  return { version: 1, service: 'ibsafe-batch', id, alertId, kind, state, subject, facts, count, firstAt, lastAt, resolvedAt, title, text: lines.join('\n'), link: link ?? null }; // prettier-ignore
}

function slack({ title, lines, link }: Message): object {
  const text = [`*${slackText(title)}*`, ...lines.map(slackText), ...(link === undefined ? [] : [`<${link}>`])].join('\n');
  return { text, unfurl_links: false };
}

/** Slack reads `<…>` as links and mentions. */
function slackText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function teams({ title, lines, link, message }: Message): object {
  const body = [
    { type: 'TextBlock', text: title, weight: 'Bolder', size: 'Medium', wrap: true, color: message === 'RAISED' ? 'Attention' : 'Good' },
    ...lines.map((text) => ({ type: 'TextBlock', text, wrap: true })),
  ];
  const actions = link === undefined ? [] : [{ type: 'Action.OpenUrl', title: 'IBSafe Batch', url: link }];
  const content = { $schema: 'http://adaptivecards.io/schemas/adaptive-card.json', type: 'AdaptiveCard', version: '1.4', body, actions };
  return { type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }] };
}

function discord({ title, lines, link, message, lastAt }: Message): object {
  const embed = {
    title: title.slice(0, 256),
    description: lines.join('\n').slice(0, 4_000),
    color: COLOURS[message],
    timestamp: lastAt,
    ...(link !== undefined && { url: link }),
  };
  return { embeds: [embed], allowed_mentions: { parse: [] } };
}

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
    steps: 1,
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
        const answer = await boundedPost(target, { headers, body, signal, alone: true, statusOnly: true });
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
  return { ok: false, code, waitMs: askedWaitMs(retryAfter, new Date()) ?? 0 };
}

/** Headers by which a receiver knows that a message is ours and new: HMAC-SHA256 over `<timestamp>.<body>`. @param at ms since 1970 */
function signatureHeaders(secret: string | undefined, body: string, at: number): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000));
  if (secret === undefined) return {};
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
  return { 'x-ibsafe-timestamp': timestamp, 'x-ibsafe-signature': `v1=${signature}` };
}
