/** ms that this browser's clock may be apart from the service's and is believed all the same: an answer tells whole seconds, and comes a while after it was written. */
export const MAX_APART_MS = 60_000;

/** How often it is looked whether another day has begun. */
const LOOK_MS = 30_000;

/** ms to add to this browser's clock, a cache of what the last answers said. */
let apartMs = 0;
const watching = new Set<() => void>();

/**
 * The service's time, in ms since 1970. What night was the last, which days have gone by and when a silence ends are the service's to say: the clock of a
 * browser may be an hour or a day wrong.
 */
export function serviceNow(): number {
  return Date.now() + apartMs;
}

/** Learns the service's time from the header `Date` of an answer. */
export function noteServiceTime(header: string | null): void {
  const found = Date.parse(header ?? '') - Date.now();
  if (Number.isNaN(found)) return;
  const next = Math.abs(found) < MAX_APART_MS ? 0 : found;
  if (Math.abs(next - apartMs) < MAX_APART_MS / 2) return;
  apartMs = next;
  for (const listener of watching) listener();
}

/** Calls back when the service's time was learnt anew, and every while, since a day may have begun. @returns how to stop */
export function onTime(listener: () => void): () => void {
  watching.add(listener);
  const timer = setInterval(listener, LOOK_MS);
  return () => {
    watching.delete(listener);
    clearInterval(timer);
  };
}

/** Fetches, and learns the service's time from the answer. */
export async function fetchTimed(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  noteServiceTime(response.headers.get('date'));
  return response;
}
