import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { InterventionBatch, InterventionWriter, Written } from '../application/ports.js';
import type { LocalDate } from '../domain/local-date.js';
import type { ReplacedText } from '../domain/outcome.js';
import type { BinaryRows } from './binary-rows.js';
import { believedMember, isUnreadableJson } from './believed.js';
import { IBSAFE } from './ibsafe-names.js';
import { INTERVENTION_COLUMNS, type InterventionRows } from './intervention-rows.js';
import { ARE_OTHER_TYPES } from './intervention-types.js';
import { AS_OURSELVES, AS_THE_APP, InterventionUpsert, keyOf, UNIQUE } from './intervention-upsert.js';
import { takeBack } from './row-faults.js';
import { standingAsSent } from './standing-rows.js';
import { asTyped } from '../base/as-typed.js';

const SEQUENCE = `pg_get_serial_sequence('${IBSAFE.interventions}', 'id')::regclass`;
// A trigger of the app may change the row on its way in, or take it away once it is there, of which neither COPY nor RETURNING tells. INSERT and UPDATE are the bits 4 and 16 of its type.
// It may be on the table or on one of its partitions; a table without partitions has no tree.
const TABLES = `select '${IBSAFE.interventions}'::regclass union all select relid from pg_partition_tree('${IBSAFE.interventions}')`;
const CHANGED = `exists (select from pg_trigger where tgrelid in (${TABLES}) and not tgisinternal and tgenabled in ('O', 'A') and tgtype & 20 <> 0)`;
// The sequence is named once: looked up for each id, it cost more than the ids. They come as one text, not as a row each.
const TAKE = `select array_agg(nextval(sequence))::text, ${CHANGED}, ${ARE_OTHER_TYPES} from (select ${SEQUENCE} as sequence offset 0) s, generate_series(1, $1)`;
const PASS_BY = `select count(nextval(sequence)) from (select ${SEQUENCE} as sequence offset 0) s, generate_series(1, $1)`;
const TAKEN = `select exists (select from ${IBSAFE.interventions} where id = any($1::bigint[])) as taken`;

/** Most ids that are passed by in one statement: a second or two. */
const MAX_AT_ONCE = 1_000_000;

/** The table gives no ids: no user's fault, and the same for each. */
class NoIds extends Error {
  override readonly name = 'NoIds';
  constructor(
    message: string,
    readonly code: 'NO_SEQUENCE' | 'SEQUENCE_TOO_HIGH',
  ) {
    super(`${IBSAFE.interventions}.id: ${message} ("${asTyped('doctor')}" says what to do)`);
  }
}

/** Ids for interventions, from the sequence that the app takes its own from. */
class InterventionIds {
  /** Whether the app has a trigger that may change a row or take it away, as it was when ids were taken last. */
  areChanged = false;
  /** Whether the table's columns are of other types than rows travel in, as they were then. */
  areOtherTypes = false;

  constructor(private readonly client: pg.ClientBase) {}

  /** The next ids of the sequence, whether the table has them or not. */
  async take(count: number): Promise<number[]> {
    const asked = { name: 'take-ids', text: TAKE, values: [count], rowMode: 'array' } as const;
    const [text, areChanged, areOtherTypes] = (await this.client.query<[string | null, boolean, boolean]>(asked)).rows[0] ?? [
      null,
      false,
      false,
    ];
    if (text === null) throw new NoIds('it has no sequence, so that nothing can be written there', 'NO_SEQUENCE');
    this.areChanged = areChanged;
    this.areOtherTypes = areOtherTypes;
    const ids = text.slice(1, -1).split(',').map(Number);
    if (!ids.every(Number.isSafeInteger))
      throw new NoIds('its sequence is above 2^53, where an id is no exact number here', 'SEQUENCE_TOO_HIGH');
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

const COPY = `copy ${IBSAFE.interventions} (${INTERVENTION_COLUMNS.join(', ')}) from stdin (format binary)`;

// A hash of all texts that the patient has read, each with its length before it. What a row of the app calls its versions is no word of ours.
// JSON that cannot be a text has a hash of its own instead.
const DIET = `(case when ${isUnreadableJson('diet_target')} then jsonb_hash_extended(diet_target, 0)::text else diet_target::text end)`;
const TEXTS = ['diet_evaluation', DIET, 'food_evaluation', 'sleep_evaluation', 'exercise_evaluation'];
const STANDING = `select user_id::int4 as user_id, encode(sha256(convert_to(concat(${TEXTS.map((text) => `length(coalesce(${text}, '')), ':', ${text}`).join(', ')}), 'UTF8')), 'hex') as "textHash",
    ${believedMember('outputs', 'vocabulary')} as vocabulary, ${believedMember('outputs', 'promptVersion')} as "promptVersion"
  from ${IBSAFE.interventions} where user_id = any($1::int[]) and record_date = $2::date and gubun = $3`;

interface StandingRow {
  readonly user_id: number;
  readonly textHash: string;
  readonly vocabulary: string | null;
  readonly promptVersion: string | null;
}

const VERSION = /^[a-z0-9.+-]{1,80}$/;

function replacedText({ textHash, vocabulary, promptVersion }: Omit<StandingRow, 'user_id'>): ReplacedText {
  return { textHash, ...(isVersion(vocabulary) && { vocabulary }), ...(isVersion(promptVersion) && { promptVersion }) };
}

function isVersion(text: string | null): text is string {
  return text !== null && VERSION.test(text);
}

/** Tries to copy while others, too, write rows with ids of their own. */
const MAX_COPIES = 3;

/**
 * Writes interventions with COPY, ids taken from the table's sequence first. COPY knows no ON CONFLICT, so when a row meets one that is there (which the
 * app wrote meanwhile, or an error without advice, see `isAdvice`), or cannot be written at all, the chunk is inserted instead; so it is where the table's types are others than those of the bytes. A row takes the whole place
 * of another: every column but its key and id. Ids that the table has already are no fault of a row: others are taken.
 */
export class PostgresInterventionWriter implements InterventionWriter {
  private readonly ids: InterventionIds;
  private readonly upsert: InterventionUpsert;

  /** @param onBehind told when the sequence was found behind its table, and has been moved on */
  constructor(
    private readonly client: pg.ClientBase,
    private readonly onBehind: () => void = () => undefined,
  ) {
    this.ids = new InterventionIds(client);
    const freeId = async (): Promise<number> => (await this.freeIds(1))[0] ?? 0;
    this.upsert = new InterventionUpsert(client, freeId, () => this.ids.areChanged);
  }

  async write(batch: InterventionBatch, replace: boolean): Promise<readonly Written[]> {
    const { rows } = batch as InterventionRows;
    if (rows.count === 0) return [];
    const ids = number(rows, await this.ids.take(rows.count));
    const copied = replace || this.ids.areOtherTypes ? undefined : await this.copyNumbered(rows, ids);
    if (copied !== undefined) return copied.map((interventionId) => ({ status: 'written', interventionId }));
    return this.upsert.write(ids.map((_, row) => rows.fields(row)), replace); // prettier-ignore
  }

  async standing(userIds: readonly number[], recordDate: LocalDate, gubun: string): Promise<ReadonlyMap<number, ReplacedText>> {
    const { rows } = await this.client.query<StandingRow>(STANDING, [userIds, recordDate, gubun]);
    return new Map(
      rows.map(({ user_id, textHash, vocabulary, promptVersion }) => [user_id, replacedText({ textHash, vocabulary, promptVersion })]),
    );
  }

  /** @returns the ids under which every row is there; undefined when something else than ids is in the way */
  private async copyNumbered(rows: BinaryRows, first: number[]): Promise<number[] | undefined> {
    let ids = first;
    for (let copies = 1; ; copies += 1) {
      const fault = await this.copy(rows);
      if (fault === undefined) return ids;
      if (fault !== UNIQUE || copies === MAX_COPIES || !(await this.ids.anyTaken(ids))) return undefined;
      ids = number(rows, await this.freeIds(rows.count));
    }
  }

  private async freeIds(count: number): Promise<number[]> {
    const ids = await this.ids.takeFree(count);
    this.onBehind();
    return ids;
  }

  /** @returns undefined when every row is there, else why they are not: a code of PostgreSQL's */
  private async copy(rows: BinaryRows): Promise<string | undefined> {
    await this.client.query(`savepoint copying; ${AS_THE_APP}`);
    try {
      const written = await this.send(rows.content);
      // Foreign keys of IBSafe are checked at commit unless told otherwise, which is too late to know whose row it was.
      await this.client.query(`set constraints all immediate; ${AS_OURSELVES}`);
      if (written === rows.count && (!this.ids.areChanged || (await this.areAsSent(rows)))) return undefined;
    } catch (error) {
      await takeBack(this.client, 'copying', error);
      return String((error as { code?: unknown }).code);
    }
    await this.client.query('rollback to savepoint copying');
    return 'a trigger kept rows away, or changed them';
  }

  /** Whether each row stands as it was sent, under its id as well. */
  private async areAsSent(rows: BinaryRows): Promise<boolean> {
    const sent = Array.from({ length: rows.count }, (_, row) => rows.fields(row));
    const ids = await standingAsSent(this.client, sent);
    return sent.map(keyOf).every(({ user, id }) => ids.get(user) === id);
  }

  /** @returns how many rows PostgreSQL says it has stored */
  private send(bytes: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      const copying = this.client.query(copyFrom(COPY));
      // Not once: given up for want of an answer it fails again when its connection is cut, and an error without a listener ends the process.
      copying.on('error', reject).once('finish', () => resolve(copying.rowCount));
      copying.end(bytes);
    });
  }
}

function number(rows: BinaryRows, ids: number[]): number[] {
  ids.forEach((id, row) => rows.setId(row, id));
  return ids;
}
