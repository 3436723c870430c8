import { useSyncExternalStore } from 'react';

/** Whether the service knows who asks. A key is kept for this page alone and never stored: it is gone with the tab. */
export interface Access {
  readonly key: string | undefined;
  /** The service asks who we are: without a key, or because it refused the one we sent. */
  readonly asked: 'no' | 'yes' | 'refused';
}

let access: Access = { key: undefined, asked: 'no' };
const listeners = new Set<() => void>();

function change(next: Access): void {
  access = next;
  for (const listener of listeners) listener();
}

/** The key to send, if one was given. */
export const currentKey = (): string | undefined => access.key;
/** Notes that an answer said that it is not known who asks. */
export function noteUnauthenticated(): void {
  if (access.asked === 'no') change({ key: undefined, asked: access.key === undefined ? 'yes' : 'refused' });
}
/** Uses a key from now on; without one, asks for it. */
export function giveKey(key: string | undefined): void {
  change(key === undefined ? { key, asked: 'yes' } : { key, asked: 'no' });
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
