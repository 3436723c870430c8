import { z } from 'zod';
import { csvRows, text } from './csv-rows.js';

const FILE = 'data/sources.csv';

const ROW = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'expected an id such as monash-2024'),
  title: text,
  publisher: text,
  year: z.string().regex(/^\d{4}$|^$/, 'expected a year, or nothing where the source has none'),
  address: text,
  read_on: z.iso.date(),
  used_for: text,
});

/** Where a figure or a sentence comes from; it was read on `read_on`. */
export type Source = z.output<typeof ROW>;

/** Sources by id. @throws Error that names the row at fault, also for an id that stands there twice */
export function parseSources(csv: string): ReadonlyMap<string, Source> {
  const sources = new Map<string, Source>();
  for (const source of csvRows(csv, FILE, ROW)) {
    if (sources.has(source.id)) throw new Error(`${FILE} has the id ${source.id} twice. Correct ${FILE}`);
    sources.set(source.id, source);
  }
  return sources;
}
