import { USUAL_THRESHOLDS } from '../../src/domain/rollout/stop-rule.js';
import type { PatientsDatabase } from './patients-database.js';

const VERSION = { generator: 'RULES', vocabulary: 'rules-4', fingerprint: 'f' };
const ROLLOUT = { program: 'daily', candidate: VERSION, inForce: VERSION, sharePercent: 5, seed: 's', thresholds: USUAL_THRESHOLDS };

/** Rows as they stand in the views, without the events that would have made them. $1 is how many, $2 a run, $3 a schedule; each says what it needs. */
const LISTS: readonly string[] = [
  `insert into batch.alert_silence (id, kind, subject, until, reason, made_by)
    select gen_random_uuid(), 'RUN_FAILED', n::text, now() + interval '1 day', 'a test', 'test' from generate_series(1, $1) n`,
  `with made as (insert into batch.person_read (id, at, caller, via, what, fields, users, run_id, run_month)
      select gen_random_uuid(), now(), 'token:' || n, 'GRAPHQL', 'Outcome', '{userId}', 1, r.run_id, r.run_month
      from generate_series(1, $1) n, batch.run_view r where r.run_id = $2 returning id)
    insert into batch.person_read_user (user_id, read_id) select (select min(user_id) from ibsafe_interventionrecord), id from made`,
  `insert into batch.person_read_gap (id, since, until, reads) select gen_random_uuid(), now() - interval '1 hour', now(), n from generate_series(1, $1) n`,
  `insert into batch.mark_view select gen_random_uuid(), 1, run_id, split_part(stream, 'chunk-', 2)::int, version, 'FINE', '{a point}', '{a dish}', '{a point}', '{a dish}', 'RULES', null, null, 'test', now()
    from batch.outcome_view where run_id <> $2 and outcome = 'GENERATED' order by run_id, stream limit $1`,
  `insert into batch.rollout_view select gen_random_uuid(), 1, 'STOPPED', 'daily', '${JSON.stringify(ROLLOUT)}', null, 'test', now() - n * interval '1 day', 5, null, null,
    '{"by":"OPERATOR"}', null, now(), 'test', null from generate_series(1, $1) n`,
  `insert into batch.recall_view select gen_random_uuid(), 1, '{"kind":"POINT","point":"p"}', false, '2026-01-01', null, 'test', now() - n * interval '1 hour'
    from generate_series(1, $1) n`,
  `insert into batch.slot (schedule_id, slot, fired, reason, misfire) select $3, timestamptz '2026-01-01' + n * interval '1 day', false, 'CATCH_UP_SKIPPED', true from generate_series(1, $1) n`,
  `update batch.run_view set parent_run_id = $2, retry = '{"outcomes":["FAILED"],"reasons":["TIMEOUT"]}' where run_id <> $2`,
  // Jobs of schedules that there are not stand for those of schedules that there are: as many are missing as are beyond.
  `update batch.agenda_jobs set data = jsonb_set(data, '{scheduleId}', to_jsonb(gen_random_uuid()::text)) where data ? 'scheduleId' and (select count(*) from batch.schedule_view) >= $1`,
];

/** Fills lists that hold little otherwise with `many` items each. */
export async function fillLists(
  database: PatientsDatabase,
  many: number,
  named: { readonly runId: string; readonly scheduleId: string },
): Promise<void> {
  const known = [many, named.runId, named.scheduleId];
  for (const text of LISTS) {
    const used = [...text.matchAll(/\$(\d)/g)].map(([, place]) => Number(place));
    const places = [...new Set(used)].toSorted((a, b) => a - b);
    const own = text.replace(/\$(\d)/g, (_, place: string) => `$${places.indexOf(Number(place)) + 1}`);
    await database.rows(own, places.map((place) => known[place - 1])); // prettier-ignore
  }
}
