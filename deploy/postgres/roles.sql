-- The roles of IBSafe Batch in IBSafe's database. Run it there as a superuser (psql -f), as often as you like: it gives what is missing, and takes
-- away nothing but the ownership of schema "batch" from a role that an earlier installation used for everything.
--
--   batch_owner     owns schema "batch" and all that is in it; cannot log in
--   batch_migrate   migrates: a member of batch_owner
--   batch_service   what api, workers and schedulers connect as: may append to the log, and change nothing there
--
-- Passwords are set apart from it: \password batch_migrate, \password batch_service.
-- Tables of schema "batch" that a migration makes later are given to batch_service by `migrate --service-role batch_service`.

do $$
begin
  if to_regrole('batch_owner') is null then create role batch_owner; end if;
  if to_regrole('batch_migrate') is null then create role batch_migrate login; end if;
  if to_regrole('batch_service') is null then create role batch_service login; end if;
  execute format('grant connect on database %I to batch_migrate, batch_service', current_database());
end $$;
alter role batch_owner nologin;
grant batch_owner to batch_migrate;

do $$
declare
  thing record;
begin
  if to_regnamespace('batch') is null then
    create schema batch authorization batch_owner;
  end if;
  alter schema batch owner to batch_owner;
  for thing in
    select c.oid::regclass as name, c.relkind from pg_class c
    where c.relnamespace = 'batch'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S') and c.relowner <> 'batch_owner'::regrole
      and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i') and c.relkind = 'S')
  loop
    execute format('alter %s %s owner to batch_owner',
      case thing.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end, thing.name);
  end loop;
  for thing in select p.oid::regprocedure as name from pg_proc p where p.pronamespace = 'batch'::regnamespace and p.proowner <> 'batch_owner'::regrole loop
    execute format('alter routine %s owner to batch_owner', thing.name);
  end loop;
end $$;

-- IBSafe's own tables, where they are there.
do $$
declare
  part text;
begin
  grant usage on schema public to batch_service;
  foreach part in array array['auth_user', 'ibsafe_userprofile', 'ibsafe_food', 'ibsafe_userfoodrecord', 'ibsafe_userexerciserecord', 'ibsafe_usersleeprecord',
    'ibsafe_batchschedule', 'ibsafe_interventionrecord', 'django_celery_beat_periodictask'] loop
    if to_regclass('public.' || part) is not null then execute format('grant select on public.%I to batch_service', part); end if;
  end loop;
  if to_regclass('public.ibsafe_interventionrecord') is not null then
    grant insert, update on public.ibsafe_interventionrecord to batch_service;
    execute format('grant usage on sequence %s to batch_service', pg_get_serial_sequence('public.ibsafe_interventionrecord', 'id'));
  end if;
end $$;
