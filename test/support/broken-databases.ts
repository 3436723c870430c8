/** A way in which a database can be broken, what undoes it, and what is to be said of it. Written as the owner's statements. */
export interface Broken {
  readonly what: string;
  readonly break: string;
  readonly mend?: string;
  readonly check: string;
  readonly status: 'warning' | 'problem';
}

const RIGHTS = "rights on IBSafe's tables";
const TABLES = "IBSafe's tables";
/** The table that is written. */
export const INTERVENTIONS = 'public.ibsafe_interventionrecord';

/** Mended by the statements of the doctor's own advice. */
export const LACKING: readonly Broken[] = [
  {
    what: 'food records cannot be read',
    break: 'revoke select on public.ibsafe_userfoodrecord from {role}',
    check: RIGHTS,
    status: 'problem',
  },
  { what: 'interventions cannot be written', break: `revoke insert on ${INTERVENTIONS} from {role}`, check: RIGHTS, status: 'problem' },
  { what: 'interventions cannot be replaced', break: `revoke update on ${INTERVENTIONS} from {role}`, check: RIGHTS, status: 'problem' },
  {
    what: 'ids cannot be taken',
    break: 'revoke usage on sequence public.ibsafe_interventionrecord_id_seq from {role}',
    check: RIGHTS,
    status: 'problem',
  },
  {
    what: 'one column of many is withheld',
    break: 'revoke select on public.auth_user from {role}; grant select (id, is_active, date_joined) on public.auth_user to {role}',
    check: RIGHTS,
    status: 'problem',
  },
  { what: 'schema public is closed', break: 'revoke usage on schema public from {role}', check: RIGHTS, status: 'problem' },
  {
    what: 'row security hides every user',
    break: 'alter table public.auth_user enable row level security',
    check: RIGHTS,
    status: 'problem',
  },
  {
    what: 'the role may have fewer connections than a process holds',
    break: 'alter role {role} connection limit 30',
    check: 'connections',
    status: 'warning',
  },
];

/** Mended by the statement that stands beside each. */
export const BROKEN: readonly Broken[] = [
  {
    what: 'a column is missing',
    break: 'alter table public.ibsafe_userprofile rename has_egg_allergy to gone',
    mend: 'alter table public.ibsafe_userprofile rename gone to has_egg_allergy',
    check: TABLES,
    status: 'problem',
  },
  {
    what: 'the app has a new column that every row must have',
    break: `alter table ${INTERVENTIONS} add column new_of_the_app int not null`,
    mend: `alter table ${INTERVENTIONS} drop column new_of_the_app`,
    check: TABLES,
    status: 'problem',
  },
  {
    what: 'the sequence is behind its table',
    break: `insert into public.auth_user (id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined)
      values (1, '!', false, 'user1', '', '', '', false, true, now());
      insert into ${INTERVENTIONS} (id, user_id, gubun, record_date, target_date, diet_evaluation, exercise_evaluation, processing_time, created_at, updated_at)
      overriding system value values (1000, 1, 'all', '2026-01-01', '2026-01-02', '', '', 0, now(), now())`,
    mend: `delete from ${INTERVENTIONS}; delete from public.auth_user`,
    check: 'ids of interventions',
    status: 'warning',
  },
  {
    what: 'a column that is written is generated',
    break: `alter table ${INTERVENTIONS} drop column target_date; alter table ${INTERVENTIONS} add column target_date date generated always as (record_date + 1) stored`,
    mend: `alter table ${INTERVENTIONS} alter column target_date drop expression; alter table ${INTERVENTIONS} alter column target_date set not null`,
    check: TABLES,
    status: 'problem',
  },
  {
    what: 'the ids come to their end',
    break: "select setval('public.ibsafe_interventionrecord_id_seq', 9223372036854775000)",
    mend: "select setval('public.ibsafe_interventionrecord_id_seq', 1, false)",
    check: 'ids of interventions',
    status: 'problem',
  },
  {
    what: 'row security is on for a table of the service',
    break: 'alter table batch.signature_view enable row level security, force row level security',
    mend: 'alter table batch.signature_view disable row level security, no force row level security',
    check: 'rights on schema batch',
    status: 'problem',
  },
  {
    what: 'no schedule is active',
    break: "update batch.schedule_view set status = 'PAUSED'",
    mend: "update batch.schedule_view set status = 'ACTIVE'",
    check: 'schedules',
    status: 'warning',
  },
  {
    what: 'a run is paused',
    break: `insert into batch.run_view (run_id, run_month, version, status, program, record_date, trigger, actor, generator, language, dry_run, on_existing, requested_at, paused_cause)
      values ('00000000-0000-4000-8000-000000000001', '2026-03-01', 2, 'PAUSED', 'daily', '2026-03-01', 'MANUAL', 'test', 'RULES', 'ko', false, 'SKIP', now(), 'FAULT')`,
    mend: 'delete from batch.run_view',
    check: 'runs',
    status: 'warning',
  },
  {
    what: 'runs wait of a schedule that is paused',
    break: `insert into batch.schedule_view select (jsonb_populate_record(s, '{"schedule_id":"00000000-0000-4000-8000-000000000002","status":"PAUSED"}')).* from batch.schedule_view s limit 1;
      insert into batch.run_view (run_id, run_month, version, status, program, record_date, trigger, actor, generator, language, dry_run, on_existing, requested_at, schedule_id)
      values ('00000000-0000-4000-8000-000000000001', '2026-03-01', 1, 'REQUESTED', 'daily', '2026-03-01', 'SCHEDULE', 'scheduler', 'RULES', 'ko', false, 'SKIP', now(),
        '00000000-0000-4000-8000-000000000002')`,
    mend: "delete from batch.run_view; delete from batch.schedule_view where schedule_id = '00000000-0000-4000-8000-000000000002'",
    check: 'runs',
    status: 'warning',
  },
  {
    what: 'tasks of the old batch are enabled',
    break: `create table public.django_celery_beat_periodictask (name text, enabled boolean);
      insert into public.django_celery_beat_periodictask values ('batch_intervention_1', true), ('batchXinterventionX2', true), ('batch_intervention_3', false);
      grant select on public.django_celery_beat_periodictask to {role}`,
    mend: 'drop table public.django_celery_beat_periodictask',
    check: 'the old batch',
    status: 'warning',
  },
  {
    what: 'whether the old batch is on cannot be read',
    break: 'create table public.django_celery_beat_periodictask (name text, enabled boolean)',
    mend: 'drop table public.django_celery_beat_periodictask',
    check: 'the old batch',
    status: 'warning',
  },
];
