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
