import type { Cursor } from '../application/ports.js';

/** The place before the first event. */
export const ORIGIN: Cursor = { xid: '0', position: '0' };

/** What PostgreSQL's xid8 and bigint hold: a greater number in a client's cursor would be an error there. */
const [GREATEST_XID, GREATEST_POSITION] = [2n ** 64n - 1n, 2n ** 63n - 1n];

/** Orders cursors: by transaction, then by position within it. */
export function compareCursors(a: Cursor, b: Cursor): number {
  const byXid = BigInt(a.xid) - BigInt(b.xid);
  const difference = byXid === 0n ? BigInt(a.position) - BigInt(b.position) : byXid;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** A cursor as an opaque text for clients. */
export function writeCursor({ xid, position }: Cursor): string {
  return Buffer.from(`log:${xid}:${position}`).toString('base64url');
}

/** Reads a client's cursor; undefined for a text that is none of ours. */
export function readCursor(text: string): Cursor | undefined {
  const match = /^log:(\d{1,20}):(\d{1,19})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  const [, xid, position] = match ?? [];
  if (xid === undefined || position === undefined) return undefined;
  return BigInt(xid) <= GREATEST_XID && BigInt(position) <= GREATEST_POSITION ? { xid, position } : undefined;
}
