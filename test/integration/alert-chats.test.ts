import { describe, expect, it } from '@jest/globals';
import { webhookBody } from '../../src/alerts/channels/webhook.js';
import { messageOf, type Message } from '../../src/alerts/message.js';
import { ALERT_KINDS } from '../../src/domain/alert/alert.js';
import { at, message, RUN, told, wording } from '../support/told-alert.js';

const asSent = (format: 'slack' | 'teams' | 'discord', of: Message): unknown => JSON.parse(JSON.stringify(webhookBody(format, of)));
const LINK = `https://batch.example.org/console/runs/${RUN}`;

interface Card {
  readonly type: string;
  readonly version: string;
  readonly body: readonly { readonly type: string; readonly text: string; readonly color?: string }[];
  readonly actions: readonly { readonly type: string; readonly url: string }[];
}
interface Embed {
  readonly title: string;
  readonly description: string;
  readonly color: number;
  readonly timestamp: string;
  readonly url?: string;
}

const cardOf = (of: Message): Card => {
  const { type, attachments } = asSent('teams', of) as { type: string; attachments: { contentType: string; content: Card }[] };
  expect([type, attachments.map(({ contentType }) => contentType)]).toEqual(['message', ['application/vnd.microsoft.card.adaptive']]);
  return attachments[0]?.content as Card;
};
const embedOf = (given: Message): Embed => {
  const { embeds, allowed_mentions: mentions } = asSent('discord', given) as { embeds: Embed[]; allowed_mentions: object };
  expect([embeds.length, mentions]).toEqual([1, { parse: [] }]);
  return embeds[0] as Embed;
};

describe('A message to a chat', () => {
  it('for Slack is one text with its title in bold and the link, in which nothing is a mention or a link of its own', () => {
    const { title, lines } = message();
    const body = asSent('slack', message()) as Record<string, unknown>;
    expect(body).toEqual({ text: [`*${title}*`, ...lines, `<${LINK}>`].join('\n'), unfurl_links: false });
    const hostile: Message = { ...message(), title: '<!channel> & <@U1>', lines: ['<https://elsewhere.example|here>'], link: undefined };
    expect((asSent('slack', hostile) as { text: string }).text).toBe(
      '*&lt;!channel&gt; &amp; &lt;@U1&gt;*\n&lt;https://elsewhere.example|here&gt;',
    );
  });

  it('for Teams is an adaptive card: the title in its colour, a block for each line, and a button', () => {
    const { type, version, body, actions } = cardOf(message());
    expect([type, version, actions]).toEqual(['AdaptiveCard', '1.4', [{ type: 'Action.OpenUrl', title: 'IBSafe Batch', url: LINK }]]);
    expect(body.map(({ text }) => text)).toEqual([message().title, ...message().lines]);
    expect([body[0]?.color, cardOf(message({ message: 'RESOLVED', resolvedAt: at })).body[0]?.color]).toEqual(['Attention', 'Good']);
    expect(cardOf({ ...message(), link: undefined }).actions).toEqual([]);
  });

  it('for Discord is an embed within its limits, which mentions nobody', () => {
    const embed = embedOf(message());
    expect(embed).toEqual({
      title: message().title,
      description: message().lines.join('\n'),
      color: 0xc0392b,
      timestamp: at.toISOString(),
      url: LINK,
    });
    expect(embedOf(message({ message: 'RESOLVED', resolvedAt: at })).color).toBe(0x2e7d32);
    const long = embedOf({ ...message(), title: 'x'.repeat(1_000), lines: ['y'.repeat(9_000)], link: undefined });
    expect([long.title.length <= 256, long.description.length <= 4_096, 'url' in long]).toEqual([true, true, false]);
  });

  it.each(ALERT_KINDS)('of the kind %s says something in each form and language, with no gap in it', (kind) => {
    for (const language of ['ko', 'en'] as const)
      for (const name of ['RAISED', 'RESOLVED'] as const)
        for (const format of ['slack', 'teams', 'discord'] as const) {
          const given = messageOf(told({ kind, message: name }), { ...wording, language });
          const text = JSON.stringify(webhookBody(format, given));
          expect([format, /undefined|\{\w+\}|null,"?text/.test(text), given.title.length > 5, given.lines.length > 1]).toEqual([
            format,
            false,
            true,
            true,
          ]);
        }
  });
});
