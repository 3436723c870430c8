import { useSyncExternalStore } from 'react';

/** Whether the service knows who asks: by the browser's session, which no script sees. */
export interface Access {
  /** Whether a sign-in is needed before anything is shown. */
  readonly asked: boolean;
  /** Whether this page was let in before: then its session is over. */
  readonly wasIn: boolean;
  /** Counts who signed in on this page: each has clients and answers of its own. */
  readonly round: number;
}

let access: Access = { asked: false, wasIn: false, round: 0 };
const listeners = new Set<() => void>();

function change(next: Partial<Access>): void {
  access = { ...access, ...next };
  for (const listener of listeners) listener();
}

/** Notes that an answer said that it is not known who asks, or that the user wants to sign in anew. */
export function askWho(): void {
  if (!access.asked) change({ asked: true });
}
/** Notes that the service let this page in. */
export function noteIn(): void {
  if (!access.wasIn) change({ wasIn: true });
}
/** Begins anew for a caller that has signed in. */
export function signedIn(): void {
  change({ asked: false, wasIn: true, round: access.round + 1 });
}

/** Other pages of this browser share the session. */
const CHANNEL = 'console:session';

/** Tells the browser's other pages that someone signed in. */
export function tellSignedIn(): void {
  const channel = new BroadcastChannel(CHANNEL);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin, its own
  channel.postMessage('in');
  channel.close();
}
/** Hears of a sign-in on another page of this browser. @returns ends it */
export function onSignedInElsewhere(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', listener);
  return () => channel.close();
}
/** Asks who comes next. What the page knew goes with its clients. */
export function signedOut(): void {
  change({ asked: true, wasIn: false });
}

/** The access as it is. */
export function useAccess(): Access {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => access,
  );
}
