import type pg from 'pg';
import { asTyped } from '../base/as-typed.js';
import { IBSAFE } from './ibsafe-names.js';
import { ARE_OTHER_TYPES } from './intervention-types.js';
import { HAS_FOREIGN_CODE, IS_RULED, isKeyAtOnce } from './interventions-table.js';

const SEQUENCE = `pg_get_serial_sequence('${IBSAFE.interventions}', 'id')::regclass`;
// The sequence is named once: looked up for each id, it cost more than the ids. They come as one text, not as a row each.
const TAKE = `select array_agg(nextval(sequence))::text, ${HAS_FOREIGN_CODE}, ${isKeyAtOnce()}, ${IS_RULED}, ${ARE_OTHER_TYPES} from (select ${SEQUENCE} as sequence offset 0) s, generate_series(1, $1)`;
const PASS_BY = `select count(nextval(sequence)) from (select ${SEQUENCE} as sequence offset 0) s, generate_series(1, $1)`;
const TAKEN = `select exists (select from ${IBSAFE.interventions} where id = any($1::bigint[])) as taken`;

/** Most ids that are passed by in one statement: a second or two. */
const MAX_AT_ONCE = 1_000_000;

/** The table gives no ids, or has no place for a row to find: no user's fault, and the same for each. */
class UnfitTable extends Error {
  override readonly name = 'UnfitTable';
  /** @param code of ours, or the one that PostgreSQL refuses to insert such a row with */
  constructor(
    message: string,
    readonly code: 'NO_SEQUENCE' | 'SEQUENCE_TOO_HIGH' | '0A000' | '42P10' | '55000',
  ) {
    super(`${IBSAFE.interventions}: ${message} ("${asTyped('doctor')}" says what to do)`);
  }
}

/** Of ids as a text and the table as it is now. */
type Taken = [ids: string | null, areChanged: boolean, isAtOnce: boolean | null, isRuled: boolean, areOtherTypes: boolean];

/** Ids for interventions, from the sequence that the app takes its own from. */
export class InterventionIds {
  /** Whether the app has code there that may change a row or take it away, as it was when ids were taken last. */
  areChanged = false;
  /** Whether the table's columns are of other types than rows travel in, as they were then. */
  areOtherTypes = false;

  constructor(private readonly client: pg.ClientBase) {}

  /** The next ids of the sequence, whether the table has them or not. */
  async take(count: number): Promise<number[]> {
    const asked = { name: 'take-ids', text: TAKE, values: [count], rowMode: 'array' } as const;
    const [taken] = (await this.client.query<Taken>(asked)).rows;
    const [text, areChanged, isAtOnce, isRuled, areOtherTypes] = taken ?? [null, false, null, false, false];
    if (text === null) throw new UnfitTable('id has no sequence, so that nothing can be written there', 'NO_SEQUENCE');
    if (isRuled) throw new UnfitTable('a rule rewrites what is written there', '0A000');
    if (isAtOnce === null) throw new UnfitTable('it has no unique key (user_id, record_date, gubun) of all rows', '42P10');
    if (!isAtOnce) throw new UnfitTable('its unique key waits for the commit', '55000');
    this.areChanged = areChanged;
    this.areOtherTypes = areOtherTypes;
    const ids = text.slice(1, -1).split(',').map(Number);
    if (!ids.every(Number.isSafeInteger))
      throw new UnfitTable('the sequence of id is above 2^53, where one is no exact number here', 'SEQUENCE_TOO_HIGH');
    return ids;
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
