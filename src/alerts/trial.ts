import { v7 as uuidv7 } from 'uuid';
import type { ChannelName } from '../domain/alert/alert.js';
import type { Channel } from './channels/channel.js';
import { trialMessage, type Wording } from './message.js';

/** What a test message came to. */
export interface Trial {
  readonly channel: ChannelName;
  /** Where it went, without what is secret. */
  readonly to: string;
  readonly ok: boolean;
  /** What came back, such as `HTTP_200`. */
  readonly code: string;
}

/** Sends a test message through each channel, one after another. Nothing is recorded. @param timeoutMs for each */
export async function tryChannels(channels: readonly Channel[], wording: Wording, timeoutMs: number): Promise<readonly Trial[]> {
  const tried: Trial[] = [];
  for (const channel of channels) {
    const { ok, code } = await channel.send(trialMessage(uuidv7(), wording), AbortSignal.timeout(timeoutMs));
    tried.push({ channel: channel.name, to: channel.to, ok, code });
  }
  return tried;
}
