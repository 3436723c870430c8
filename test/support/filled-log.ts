import { fillLog } from '../../bench/fill-log.js';
import type { PatientsDatabase } from './patients-database.js';

// Columns as they stand in the views; the dates name runs that are there.
const MADE = `gen_random_uuid(), 1, 'COMPLETED', 'daily', '2024-01-01', '2025-02-03', 'RULES', 'SKIP', 'OLDEST_FIRST', 1, null, 'test', null, null, now(), now()`;
const LONG_BACKFILL = `with chosen as (select run_id, row_number() over (order by requested_at)::int as place from batch.run_view limit $1),
  made as (insert into batch.backfill_view select ${MADE} returning backfill_id),
  dates as (insert into batch.backfill_date_view select m.backfill_id, date '2024-01-01' + c.place, c.place, 'STARTED', c.run_id, null from made m, chosen c),
  linked as (update batch.run_view r set backfill_id = m.backfill_id from made m, chosen c where r.run_id = c.run_id)
  select backfill_id::text from made`;
const SHORT_BACKFILLS = `with made as (insert into batch.backfill_view select ${MADE} from generate_series(1, $1) returning backfill_id),
  placed as (select backfill_id, row_number() over () as place from made),
  chosen as (select run_id, row_number() over () as place from batch.run_view)
  insert into batch.backfill_date_view select p.backfill_id, date '2024-01-01', 1, 'STARTED', c.run_id, null from placed p join chosen c using (place)`;
const ALERTS = `with made as (insert into batch.alert (id, kind, subject, program, record_date, facts, first_at, last_at)
    select gen_random_uuid(), 'RUN_FAILED', run_id::text, 'daily', record_date, '{"code":"42501"}', now(), now() from batch.run_view limit $1 returning id)
  insert into batch.alert_delivery (id, alert_id, channel, message) select gen_random_uuid(), id, 'WEBHOOK', 'RAISED' from made`;

/**
 * Copies a run `many` times, a day apart, and gives the copies what leads to them: a backfill of them all, as many backfills of one each, and as many alerts.
 * @returns the id of the backfill of all
 */
export async function fillRuns(database: PatientsDatabase, runId: string, many: number): Promise<string> {
  const [events = 0] = await database.column<number>('select count(*)::int from batch.event_log where run_id = $1', [runId]);
  await fillLog(database.url, events * many, () => undefined);
  const [backfillId = ''] = await database.column<string>(LONG_BACKFILL, [many]);
  for (const text of [SHORT_BACKFILLS, ALERTS]) await database.column(text, [many]);
  return backfillId;
}
