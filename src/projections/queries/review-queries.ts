import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';
import { pageOf, type Page, type PageRequest } from '../../database/keyset.js';
import type { Mark } from '../../domain/review/mark-events.js';
import type { PointSwitch } from '../../domain/review/point-switch.js';
import type { Signature } from '../../domain/signing/signature.js';
import { LASTING } from '../../domain/run/stream-names.js';
import { MARK_COLUMNS, markOfRow, type MarkRow, POINT_COLUMNS, pointOfRow, type PointRow } from '../../store/review-rows.js';
import { SIGNATURE_COLUMNS, signatureOfRow, type SignatureRow } from '../../store/signature-rows.js';
import { toDate } from './to-date.js';

/** A mark with its note, and the recall that it started. */
export interface NotedMark extends Mark {
  readonly note: string | null;
  readonly recallId: string | null;
}

/** A point's switch with the words it was turned with. */
export interface NotedSwitch extends PointSwitch {
  readonly reason: string | null;
}

/** A signature with the words it was withdrawn with. */
export interface NotedSignature extends Signature {
  readonly reason: string | null;
}

const MARKS = sql.raw(MARK_COLUMNS.map((column) => `m.${column}`).join(', '));
const POINTS = sql.raw(POINT_COLUMNS.map((column) => `p.${column}`).join(', '));

const SIGNATURES = sql.raw(SIGNATURE_COLUMNS.map((column) => `s.${column}`).join(', '));

// Words stand in the log alone, where an erasure finds them.
const NOTE = sql`left join batch.event e on e.run_month = ${LASTING}::date and e.stream = 'mark-' || m.mark_id and e.version = 1
  left join batch.recall_view r on r.mark_id = m.mark_id`;

/** Reads of marks, points and signatures. */
export class ReviewQueries {
  constructor(private readonly em: EntityManager) {}

  /** A page of marks, newest first. The key is (ISO time of the mark, mark id). */
  async marks(page: PageRequest): Promise<Page<NotedMark>> {
    const [markedAt = null, id = null] = page.after ?? [];
    const { rows } = await sql<MarkRow & { note: string | null; recallId: string | null }>`
      select ${MARKS}, e.data->>'reason' as note, r.recall_id as "recallId" from batch.mark_view m ${NOTE}
      where ${markedAt}::timestamptz is null or (m.marked_at, m.mark_id) < (${markedAt}::timestamptz, ${id}::uuid)
      order by m.marked_at desc, m.mark_id desc limit ${page.first + 1}`.execute(this.em.getKysely());
    return pageOf(
      rows.map(({ note, recallId, ...row }) => ({ ...markOfRow({ ...row, marked_at: toDate(row.marked_at) }), note, recallId })),
      page.first,
    );
  }

  /** Points that were ever turned off, by id. */
  async points(): Promise<NotedSwitch[]> {
    const { rows } = await sql<PointRow & { reason: string | null }>`
      select ${POINTS}, e.data->>'reason' as reason from batch.point_view p
        left join batch.event e on e.run_month = ${LASTING}::date and e.stream = 'point-' || p.point and e.version = p.version
      order by p.point limit 1000`.execute(this.em.getKysely());
    return rows.map(({ reason, ...row }) => ({ ...pointOfRow({ ...row, changed_at: toDate(row.changed_at) }), reason }));
  }

  /** Signatures of rows, by their ids, that were not withdrawn. */
  async standing(ids: readonly string[]): Promise<Signature[]> {
    const { rows } = await sql<SignatureRow>`
      select ${SIGNATURES} from batch.signature_view s where s.id = any (${[...ids]}::text[]) and s.withdrawn_at is null`.execute(
      this.em.getKysely(),
    );
    return rows.map((row) => signatureOfRow({ ...row, signed_at: toDate(row.signed_at) }));
  }

  /** All signatures, withdrawn ones too, with the words they were withdrawn with. As many as there ever were rows. */
  async signatures(): Promise<NotedSignature[]> {
    const { rows } = await sql<SignatureRow & { reason: string | null }>`
      select ${SIGNATURES}, e.data->>'reason' as reason from batch.signature_view s
        left join batch.event e on s.withdrawn_at is not null and e.run_month = ${LASTING}::date and e.stream = 'signature-' || s.id and e.version = s.version
      order by s.id`.execute(this.em.getKysely());
    return rows.map(({ reason, ...row }) => ({
      ...signatureOfRow({ ...row, signed_at: toDate(row.signed_at), withdrawn_at: row.withdrawn_at && toDate(row.withdrawn_at) }),
      reason,
    }));
  }
}
