import { z } from 'zod';

/** The first line of an archive. */
export const HEADER = z.strictObject({ archive: z.literal('IBSafe Batch log'), format: z.literal(1), month: z.iso.date() });

const position = z.int().min(0).nullable();

/** What an archive says of itself in its last line. `sha256` is of all lines before it. */
export const MANIFEST = z.strictObject({
  month: z.iso.date(),
  events: z.int().min(0),
  firstPosition: position,
  lastPosition: position,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Manifest = z.output<typeof MANIFEST>;

/** The last line. */
export const LAST_LINE = z.strictObject({ manifest: MANIFEST });

/** The first line of a month's archive. */
export function headerOf(month: string): string {
  return JSON.stringify({ archive: 'IBSafe Batch log', format: 1, month });
}

/** The name of a month's archive. */
export function archiveName(month: string): string {
  return `ibsafe-batch-log-${month.slice(0, 7)}.ndjson.gz`;
}
