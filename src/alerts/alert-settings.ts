import { ConfigError, type Config } from '../config/config.js';
import { SETTINGS } from '../config/config-words.js';
import { addressesIn } from '../config/config-addresses.js';
import { emailChannel } from './channels/email.js';
import type { Channel } from './channels/channel.js';
import { webhookChannel } from './channels/webhook.js';
import type { Wording } from './message.js';

/** The channels that are configured. @throws ConfigError where half of one is */
export function configuredChannels(config: Config): readonly Channel[] {
  const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret, ALERT_WEBHOOK_FORMAT: format } = config;
  const { ALERT_SMTP_URL: smtp, ALERT_EMAIL_FROM: from, ALERT_EMAIL_TO: to, ALERT_TIMEOUT_MS: timeoutMs } = config;
  const channels: Channel[] = [];
  if (url !== undefined) channels.push(webhookChannel({ url, format, secret }));
  if (smtp !== undefined && from !== undefined && to !== undefined)
    channels.push(emailChannel({ url: smtp, from, to: addressesIn(to), timeoutMs }));
  else if ([smtp, from, to].some((value) => value !== undefined)) throw new ConfigError([SETTINGS.tell('HALF_A_MAIL')]);
  return channels;
}

/** The language of messages, and the address that their links lead to. */
export function wordingOf({ ALERT_LANGUAGE, ADVICE_LANGUAGE, CONSOLE_URL }: Config): Wording {
  return { language: ALERT_LANGUAGE ?? ADVICE_LANGUAGE, consoleUrl: CONSOLE_URL };
}
