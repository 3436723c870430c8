import { z } from 'zod';

/** The first line of an archive. */
export const HEADER = z.strictObject({ archive: z.literal('IBSafe Batch log'), format: z.literal([1, 2]), month: z.iso.date() });

const position = z.int().min(0).nullable();

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/**
 * What an archive says of itself in its last line. `sha256` is of all lines before it. Since format 2 it holds the chain as well: `links` lines before the events, `chain` their SHA-256,
 * and `head` the last head of the log when the archive was written.
 */
export const MANIFEST = z.strictObject({
  month: z.iso.date(),
  events: z.int().min(0),
  firstPosition: position,
  lastPosition: position,
  links: z.int().min(0).optional(),
  chain: sha256.optional(),
  head: z
    .strictObject({ number: z.int().min(1), day: z.iso.date(), hash: sha256 })
    .nullable()
    .optional(),
  sha256,
});
export type Manifest = z.output<typeof MANIFEST>;

/** The last line. */
export const LAST_LINE = z.strictObject({ manifest: MANIFEST });

/** The first line of a month's archive. Format 1, of before migration 057, has no chain. */
export function headerOf(month: string): string {
  return JSON.stringify({ archive: 'IBSafe Batch log', format: 2, month });
}

/** The name of a month's archive. */
export function archiveName(month: string): string {
  return `ibsafe-batch-log-${month.slice(0, 7)}.ndjson.gz`;
}
