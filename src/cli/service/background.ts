import type { InstanceInfo } from '../../runtime/instance-lock.js';
import type { ScreenMessage } from '../screen/relay.js';

/** What a service in the background tells the process that started it. */
export type BackgroundMessage = { readonly show: ScreenMessage } | { readonly ready: InstanceInfo['addresses'] };

/** Tells the process that started this one. Says nothing once that has gone. */
export function tellParent(message: BackgroundMessage): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined); // the parent may go while it is sent
}
