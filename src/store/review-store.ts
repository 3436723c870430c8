import type pg from 'pg';
import type { ReviewList, ReviewStore } from '../application/ports.js';
import type { RecallCause } from '../domain/recall/recall-cause.js';
import type { Mark } from '../domain/review/mark-events.js';
import type { PointSwitch } from '../domain/review/point-switch.js';
import type { Reviewed } from '../domain/review/risk.js';
import type { Signature, StandingSignature } from '../domain/signing/signature.js';
import type { Queryable } from '../eventlog/postgres-log.js';
import { MARK_COLUMNS, markOfRow, type MarkRow, markValues, POINT_COLUMNS, pointOfRow, type PointRow, pointValues } from './review-rows.js';
import { upsertSql } from './schedule-store.js';
import { SIGNATURE_COLUMNS, signatureOfRow, type SignatureRow, signatureValues } from './signature-rows.js';

const SAVE_MARK = upsertSql('batch.mark_view', MARK_COLUMNS);
const SAVE_POINT = upsertSql('batch.point_view', POINT_COLUMNS);
const SAVE_SIGNATURE = upsertSql('batch.signature_view', SIGNATURE_COLUMNS);

// A doubt lasts until a later mark that names the point finds it fine.
const REVIEWED = `select
  array(select distinct seen from batch.mark_view, unnest(seen_points) seen) as points,
  array(select distinct seen from batch.mark_view, unnest(seen_dishes) seen) as dishes,
  array(select point from (
      select distinct on (point) point, verdict from batch.mark_view, unnest(points) point order by point, marked_at desc, mark_id desc) last
    where verdict in ('WRONG', 'HARMFUL')) as doubted`;

const STANDING = 'select id, hash from batch.signature_view where withdrawn_at is null order by id';

/** Marks, points and signatures, inside a transaction. */
export class PostgresReviewStore implements ReviewStore {
  constructor(private readonly db: Queryable) {}

  async saveMark(mark: Mark): Promise<void> {
    await this.db.query(SAVE_MARK, markValues(mark));
  }

  async findMark(markId: string): Promise<Mark | undefined> {
    const text = `select ${MARK_COLUMNS.join(', ')} from batch.mark_view where mark_id = $1`;
    const { rows } = await this.db.query<MarkRow>(text, [markId]);
    return rows[0] && markOfRow(rows[0]);
  }

  async lockPoint(point: string): Promise<PointSwitch | undefined> {
    const text = `select ${POINT_COLUMNS.join(', ')} from batch.point_view where point = $1 for update`;
    const { rows } = await this.db.query<PointRow>(text, [point]);
    return rows[0] && pointOfRow(rows[0]);
  }

  async savePoint(point: PointSwitch): Promise<void> {
    await this.db.query(SAVE_POINT, pointValues(point));
  }

  async lockSignatures(ids: readonly string[]): Promise<ReadonlyMap<string, Signature>> {
    const text = `select ${SIGNATURE_COLUMNS.join(', ')} from batch.signature_view where id = any($1::text[]) order by id for update`;
    const { rows } = await this.db.query<SignatureRow>(text, [ids]);
    return new Map(rows.map((row) => [row.id, signatureOfRow(row)]));
  }

  async saveSignature(signature: Signature): Promise<void> {
    await this.db.query(SAVE_SIGNATURE, signatureValues(signature));
  }

  async off(): Promise<readonly Extract<RecallCause, { kind: 'POINT' }>[]> {
    const { rows } = await this.db.query<{ point: string }>('select point from batch.point_view where is_off order by point');
    return rows.map(({ point }) => ({ kind: 'POINT', point }));
  }

  async signatures(): Promise<readonly StandingSignature[]> {
    return (await this.db.query<StandingSignature>(STANDING)).rows;
  }
}

/** Marks and signatures outside a transaction. */
export class PostgresReviewList implements ReviewList {
  constructor(private readonly db: Pick<pg.Pool, 'query'>) {}

  async reviewed(): Promise<Reviewed> {
    const { rows } = await this.db.query<Record<keyof Reviewed, string[]>>(REVIEWED);
    const { points = [], dishes = [], doubted = [] } = rows[0] ?? {};
    return { points: new Set(points), dishes: new Set(dishes), doubted: new Set(doubted) };
  }

  signatures(): Promise<readonly StandingSignature[]> {
    return standingSignatures(this.db);
  }
}

/** Signatures that were not withdrawn, by the rows. */
export async function standingSignatures(db: Pick<pg.Pool, 'query'>): Promise<readonly StandingSignature[]> {
  return (await db.query<StandingSignature>(STANDING)).rows;
}
