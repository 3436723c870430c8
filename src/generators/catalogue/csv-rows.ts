import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** Reads a CSV text with a header, one row a line. @throws Error that names the file, the line and the columns at fault */
export function csvRows<Row extends z.ZodType>(csv: string, file: string, schema: Row): z.output<Row>[] {
  const rows: unknown[] = parse(csv, { columns: true, bom: true, skip_empty_lines: true });
  return rows.map((row, at) => {
    const parsed = schema.safeParse(row);
    if (parsed.success) return parsed.data;
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
    throw new Error(`row ${at + 1} of ${file} cannot be read: ${faults}. Correct ${file}`, { cause: parsed.error });
  });
}

/** A cell with something in it. */
export const text = z.string().trim().min(1);

/** Words of a cell, separated by semicolons, each once; none for an empty cell. */
export const list = z
  .string()
  .transform((cell) => (cell.trim() === '' ? [] : cell.split(';').map((word) => word.trim())))
  .refine((words) => words.every((word) => word !== ''), 'a semicolon stands for nothing')
  .refine((words) => new Set(words).size === words.length, 'a word stands there twice');

/** A list of known words. */
export function listOf<Word extends string>(words: readonly [Word, ...Word[]]) {
  return list.pipe(z.array(z.enum(words)));
}

/** A decimal figure from 0 to `most`. */
export function figureUpTo(most: number) {
  return z
    .string()
    .trim()
    .regex(/^\d+(\.\d+)?$/, 'expected a number such as 1.5')
    .transform(Number)
    .pipe(z.number().max(most));
}

/** A figure, or null for `unknown`. */
export function figureOrUnknown(most: number) {
  return z.union([z.literal('unknown').transform(() => null), figureUpTo(most)]);
}

/** A row's signature: name and date, or both empty. */
export const REVIEW = { reviewed_by: z.string().trim(), reviewed_on: z.union([z.literal(''), z.iso.date()]) };
