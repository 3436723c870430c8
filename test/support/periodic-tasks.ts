/** Tables of IBSafe's own batch as the migrations of django-celery-beat 2.4 make them, without those of other kinds of clocks. */
export const PERIODIC_TASKS = `
create table public.django_celery_beat_periodictask (
  id serial primary key, name varchar(200) not null unique, task varchar(200) not null, args text not null, kwargs text not null, queue varchar(200), exchange varchar(200),
  routing_key varchar(200), expires timestamptz, enabled boolean not null, last_run_at timestamptz, total_run_count integer not null check (total_run_count >= 0),
  date_changed timestamptz not null, description text not null, crontab_id integer, interval_id integer, solar_id integer, one_off boolean not null, start_time timestamptz,
  priority integer check (priority >= 0), headers text not null, clocked_id integer, expire_seconds integer check (expire_seconds >= 0));
create table public.django_celery_beat_periodictasks (ident smallint primary key, last_update timestamptz not null);
insert into public.django_celery_beat_periodictasks values (1, '2026-03-01');
insert into public.django_celery_beat_periodictask (name, task, args, kwargs, enabled, total_run_count, date_changed, description, one_off, headers)
  select name, 'run', '[]', '{}', enabled, 0, '2026-03-01', '', false, '{}' from (values ('celery.backend_cleanup', true), ('batch_intervention_1', true),
    ('batch_intervention_2', true), ('batch_intervention_3', false), ('batch-intervention-of-another', true)) t (name, enabled)`;
