import { randomUUID } from 'node:crypto';

// Ids end up in logs and headers: only characters that can break neither, and short enough to be read.
const ACCEPTED = /^[A-Za-z0-9._-]{8,64}$/;

/** The client's own `x-request-id` when it is 8 to 64 letters, digits, dots, dashes or underscores; else a new UUID. */
export function requestIdFrom(header: string | string[] | undefined): string {
  return typeof header === 'string' && ACCEPTED.test(header) ? header : randomUUID();
}
