import type pg from 'pg';
import { asTyped } from '../as-typed.js';
import { IBSAFE } from './ibsafe-names.js';

const SEQUENCE = `pg_get_serial_sequence('${IBSAFE.interventions}', 'id')::regclass`;
// The sequence is named once: looked up for each id, it cost more than the ids. They come as one text, not as a row each.
const TAKE = `select array_agg(nextval(sequence))::text from (select ${SEQUENCE} as sequence offset 0) s, generate_series(1, $1)`;
const PASS_BY = `select count(nextval(sequence)) from (select ${SEQUENCE} as sequence offset 0) s, generate_series(1, $1)`;
const TAKEN = `select exists (select from ${IBSAFE.interventions} where id = any($1::bigint[])) as taken`;

/** Most ids that are passed by in one statement: a second or two. */
const MAX_AT_ONCE = 1_000_000;

/** Ids for interventions, from the sequence that the app takes its own from. */
export class InterventionIds {
  constructor(private readonly client: pg.ClientBase) {}

  /** The next ids of the sequence, whether the table has them or not. */
  async take(count: number): Promise<number[]> {
    const { rows } = await this.client.query<[string | null]>({ name: 'take-ids', text: TAKE, values: [count], rowMode: 'array' });
    const text = rows[0]?.[0] ?? null;
    if (text === null)
      throw new Error(`${IBSAFE.interventions}.id has no sequence: nothing can be written there ("${asTyped('doctor')}" says more)`);
    return text.slice(1, -1).split(',').map(Number);
  }

  /** Whether a row has one of these ids. */
  async anyTaken(ids: readonly number[]): Promise<boolean> {
    const { rows } = await this.client.query<{ taken: boolean }>(TAKEN, [ids]);
    return rows[0]?.taken === true;
  }

  /**
   * Ids that no row has, though the sequence is behind its table, as after rows were loaded with their ids: passes by what is taken, in growing steps.
   * That needs no right beyond the one to take ids, never moves the sequence back, and mends it for the app as well.
   */
  async takeFree(count: number): Promise<number[]> {
    for (let step = count; ; step = Math.min(step * 2, MAX_AT_ONCE)) {
      const ids = await this.take(count);
      if (!(await this.anyTaken(ids))) return ids;
      await this.client.query(PASS_BY, [step]);
    }
  }
}
