import type { Pool } from 'pg';
import type { Config } from '../config.js';
import type { ChannelName } from '../domain/alert/alert.js';
import { AlertChanges } from './alert-changes.js';
import { AlertDesk } from './alert-desk.js';
import { configuredChannels, wordingOf } from './alert-settings.js';
import type { AlertLanguage } from './alert-words.js';
import { tryChannels, type Trial } from './trial.js';

/** What those who ask have of alerts. */
export interface AlertRoom {
  readonly desk: AlertDesk;
  readonly changes: AlertChanges;
  /** The language of messages, and of texts for which none is named. */
  readonly language: AlertLanguage;
  /** Channels that are configured. */
  readonly channels: () => readonly ChannelName[];
  /** Sends a test message through each. One try at a time: who asks meanwhile shares what it comes to. */
  readonly trial: () => Promise<readonly Trial[]>;
}

/** What a process gives to those who ask. */
export function makeAlertRoom(config: Config, pool: Pick<Pool, 'query'>): AlertRoom {
  let trying: Promise<readonly Trial[]> | undefined;
  const attempt = async (): Promise<readonly Trial[]> => {
    const channels = configuredChannels(config);
    try {
      return await tryChannels(channels, wordingOf(config), config.ALERT_TIMEOUT_MS);
    } finally {
      for (const channel of channels) channel.close();
    }
  };
  return {
    desk: new AlertDesk(pool),
    changes: new AlertChanges(pool),
    language: wordingOf(config).language,
    channels: () => configuredChannels(config).map(({ name }) => name),
    trial: () => (trying ??= attempt().finally(() => (trying = undefined))),
  };
}
