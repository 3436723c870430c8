import { useSyncExternalStore } from 'react';

/** Things that make shown answers old: a run began, paused or ended; an alert or a silence did; something was ordered here; the service is back. */
export type Stir = 'runs' | 'alerts' | 'order' | 'back';

/** Whether the connection that brings news stands. */
export type Connection = 'opening' | 'open' | 'lost';

/** Runs that a change is about; undefined where it may be about any. */
type RunIds = readonly string[] | undefined;
type Listener = (stir: Stir, runIds: RunIds) => void;

const stirred = new Set<Listener>();
const watching = new Set<() => void>();
let connection: Connection = 'opening';

/** The other tabs of this browser: no news tell them of a schedule that is paused in this one. */
const tabs = new BroadcastChannel('console:orders');
tabs.addEventListener('message', () => tell('order', undefined));

/** Tells all who show something that it may be old, after an order in every tab of this browser. */
export function stir(what: Stir, runIds?: RunIds): void {
  tell(what, runIds);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- the rule is about windows: a channel has one origin
  if (what === 'order') tabs.postMessage(what);
}

function tell(what: Stir, runIds: RunIds): void {
  for (const listener of stirred) listener(what, runIds);
}

/** Calls back on each stir. @returns how to stop */
export function onStir(listener: Listener): () => void {
  stirred.add(listener);
  return () => stirred.delete(listener);
}

/** Notes how the connection is. One that came back after it was lost makes everything old. */
export function noteConnection(next: Connection): void {
  if (next === connection) return;
  const wasLost = connection === 'lost';
  connection = next;
  for (const listener of watching) listener();
  if (wasLost && next === 'open') stir('back');
}

/** How the connection is. */
export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      watching.add(listener);
      return () => watching.delete(listener);
    },
    () => connection,
  );
}
