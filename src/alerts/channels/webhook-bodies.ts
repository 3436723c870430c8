import type { Message } from '../message.js';

/** Bodies that a webhook is sent: our own, or what a chat takes. */
export const WEBHOOK_FORMATS = ['json', 'slack', 'teams', 'discord'] as const;
export type WebhookFormat = (typeof WEBHOOK_FORMATS)[number];

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
