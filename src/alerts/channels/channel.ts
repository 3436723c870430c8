import type { ChannelName } from '../../domain/alert/alert.js';
import type { Message } from '../message.js';

/** What became of a try to send. `code` is a status or a kind of fault, never a text that the other side wrote. `partly`: of several receivers some were refused. */
export type Sent =
  | { readonly ok: true; readonly code: string; readonly partly?: true }
  | { readonly ok: false; readonly code: string; readonly waitMs?: number };

/** A channel by which alerts are sent. */
export interface Channel {
  readonly name: ChannelName;
  /** Where to, as an operator may see it: no secret is in it. */
  readonly to: string;
  /** Steps of a try, each of which may take its time: a mail is a dialogue. */
  readonly steps: number;
  /** Sends once. Never rejects, and settles with the signal. */
  send(message: Message, signal: AbortSignal): Promise<Sent>;
  close(): void;
}
