import type pg from 'pg';
import type { RecallList, RecallStore } from '../application/ports.js';
import type { RecallCause } from '../domain/recall/recall-cause.js';
import type { RecallState } from '../domain/recall/recalled-words.js';
import type { Recall } from '../domain/recall/recall.js';
import type { Queryable } from '../eventlog/postgres-log.js';
import { RECALL_COLUMNS, RECALL_SELECTION, recallOfRow, recallValues, type RecallRow } from './recall-rows.js';
import { upsertSql } from './schedule-store.js';

const SAVE = upsertSql('batch.recall_view', RECALL_COLUMNS);

const LOCK = "hashtext('batch.recalls')";
// Every recall and its lifting, and every time that a point was turned off or on, is a state of its own.
const COUNTED = '(count(*) + count(lifted_at))::int + (select coalesce(sum(version), 0)::int from batch.point_view)';
const SIGNED = '(select coalesce(sum(version), 0)::int from batch.signature_view)';
const NUMBER = `select ${COUNTED} as number from batch.recall_view`;
// Where advice is made of signed words alone, every signature and every withdrawal is a state, too.
const NUMBER_WITH_SIGNED = `select ${COUNTED} + ${SIGNED} as number from batch.recall_view`;
const OFF = `(select coalesce(jsonb_agg(jsonb_build_object('kind', 'POINT', 'point', point) order by point), '[]') from batch.point_view where is_off)`;
const CAUSES = `coalesce(jsonb_agg(cause order by requested_at, recall_id) filter (where lifted_at is null), '[]') || ${OFF} as causes`;
const STANDING = `(select coalesce(jsonb_agg(jsonb_build_object('id', id, 'hash', hash)), '[]') from batch.signature_view where withdrawn_at is null) as signatures`;
const STATE = `select ${COUNTED} as number, ${CAUSES} from batch.recall_view`;
const STATE_WITH_SIGNED = `select ${COUNTED} + ${SIGNED} as number, ${CAUSES}, ${STANDING} from batch.recall_view`;

/** Recalls, inside a transaction. */
export class PostgresRecallStore implements RecallStore {
  constructor(private readonly db: Queryable) {}

  async holdShared({ withSignatures }: { readonly withSignatures: boolean }): Promise<number> {
    const number = withSignatures ? NUMBER_WITH_SIGNED : NUMBER;
    // Two statements in one message: the second has a snapshot of its own, taken when the lock is held, and sees the recall that was waited for.
    const answers = (await this.db.query(`select pg_advisory_xact_lock_shared(${LOCK}); ${number}`)) as unknown as pg.QueryResult<{
      number: number;
    }>[];
    return answers[1]?.rows[0]?.number ?? 0;
  }

  async holdExclusive(): Promise<void> {
    await this.db.query(`select pg_advisory_xact_lock(${LOCK})`);
  }

  async lock(recallId: string): Promise<Recall | undefined> {
    const text = `select ${RECALL_SELECTION} from batch.recall_view where recall_id = $1 for update`;
    const { rows } = await this.db.query<RecallRow>(text, [recallId]);
    return rows[0] && recallOfRow(rows[0]);
  }

  async ofMark(markId: string): Promise<Recall | undefined> {
    const { rows } = await this.db.query<RecallRow>(`select ${RECALL_SELECTION} from batch.recall_view where mark_id = $1`, [markId]);
    return rows[0] && recallOfRow(rows[0]);
  }

  async save(recall: Recall): Promise<void> {
    await this.db.query(SAVE, recallValues(recall));
  }

  async going(): Promise<readonly { readonly recallId: string; readonly cause: RecallCause }[]> {
    const text = 'select recall_id as "recallId", cause from batch.recall_view where lifted_at is null order by requested_at, recall_id';
    return (await this.db.query<{ recallId: string; cause: RecallCause }>(text)).rows;
  }
}

/** Recalls outside a transaction. */
export class PostgresRecallList implements RecallList {
  constructor(private readonly db: Pick<pg.Pool, 'query'>) {}

  async find(recallId: string): Promise<Recall | undefined> {
    const { rows } = await this.db.query<RecallRow>(`select ${RECALL_SELECTION} from batch.recall_view where recall_id = $1`, [recallId]);
    return rows[0] && recallOfRow(rows[0]);
  }

  async unlisted(): Promise<readonly string[]> {
    const text = 'select recall_id from batch.recall_view where listed is null order by requested_at';
    return (await this.db.query<{ recall_id: string }>(text)).rows.map(({ recall_id }) => recall_id);
  }
}

/** Reads what is recalled now, and what is signed where that is asked for; undefined where the state still has the number that is known. */
export async function readRecallState(
  db: Pick<pg.Pool, 'query'>,
  { number: known, withSignatures }: { readonly number: number; readonly withSignatures: boolean },
): Promise<RecallState | undefined> {
  const asked = withSignatures ? { name: 'recall-number-signed', text: NUMBER_WITH_SIGNED } : { name: 'recall-number', text: NUMBER };
  const { rows } = await db.query<{ number: number }>(asked);
  if ((rows[0]?.number ?? 0) === known) return undefined;
  return (await db.query<RecallState>(withSignatures ? STATE_WITH_SIGNED : STATE)).rows[0];
}
