import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { InterventionBatch, InterventionWriter, Written } from '../application/ports.js';
import type { LocalDate } from '../domain/local-date.js';
import type { ReplacedText } from '../domain/outcome.js';
import type { BinaryRows } from './binary-rows.js';
import { believedMember, isUnreadableJson } from './believed.js';
import { IBSAFE } from './ibsafe-names.js';
import { InterventionIds } from './intervention-ids.js';
import { INTERVENTION_COLUMNS, type InterventionRows } from './intervention-rows.js';
import { InterventionUpsert, keyOf, UNIQUE } from './intervention-upsert.js';
import { AS_THE_APP, settled } from './foreign-code.js';
import { takeBack } from './row-faults.js';
import { standingAsSent } from './standing-rows.js';

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
      await this.client.query(settled(this.client, this.ids.areChanged));
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
