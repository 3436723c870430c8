import { createHash } from 'node:crypto';
import { escapeLiteral, type ClientBase } from 'pg';
import { z } from 'zod';
import type { DemoParameters } from './demo-plan.js';

/** Rises when equal parameters come to make other rows: a demo of an older generator is another demo. */
const GENERATOR_VERSION = 3;
const PREFIX = 'IBSafe Batch demo patients ';

const markForm = z.object({
  generator: z.number(),
  users: z.number(),
  days: z.number(),
  seed: z.number(),
  until: z.string(),
  /** SHA-256 of the foods. */
  foods: z.string(),
  /** Rows loaded, by table. */
  rows: z.record(z.string(), z.number()),
});

/** What a database says of the demo it holds. It is kept as the comment on `auth_user`: IBSafe's tables have no room for it. */
export type DemoMark = z.infer<typeof markForm>;

/** The mark that a demo of these parameters gets. */
export function demoMark(parameters: DemoParameters, rows: Readonly<Record<string, number>>): DemoMark {
  const { users, days, seed, until, foods } = parameters;
  return { generator: GENERATOR_VERSION, users, days, seed, until, foods: fingerprint(foods), rows };
}

/** Whether two marks are of demos with equal rows. */
export function sameDemo(a: DemoMark, b: DemoMark): boolean {
  return (['generator', 'users', 'days', 'seed', 'until', 'foods'] as const).every((key) => a[key] === b[key]);
}

/** Reads the mark of the demo that a database holds; null where there is none. Throws PostgreSQL's error where `auth_user` is missing. */
export async function readDemoMark(client: ClientBase): Promise<DemoMark | null> {
  const { rows } = await client.query<{ mark: string | null }>("select obj_description('public.auth_user'::regclass, 'pg_class') as mark");
  const mark = rows[0]?.mark;
  return mark?.startsWith(PREFIX) === true ? markForm.parse(JSON.parse(mark.slice(PREFIX.length))) : null;
}

/** Writes the mark, as part of the transaction that loads the demo. */
export async function writeDemoMark(client: ClientBase, mark: DemoMark): Promise<void> {
  await client.query(`comment on table public.auth_user is ${escapeLiteral(PREFIX + JSON.stringify(mark))}`);
}

function fingerprint(foods: DemoParameters['foods']): string {
  const fields = foods.map(({ code, nameKo, category, fodmap, fibreType, fibreGrams, energyKcal, meals, allergens, fodmapBasis }) => {
    return [code, nameKo, category, fodmap, fibreType, fibreGrams, energyKcal, meals, allergens, fodmapBasis];
  });
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}
