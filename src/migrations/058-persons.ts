/** Which person a subject is, and the words of operators. */
export const MAP = `
create table batch.subject (
  user_id int primary key,
  subject int not null unique check (subject > 0),
  secret uuid not null default gen_random_uuid(),
  since timestamptz not null default now()
);
comment on table batch.subject is 'Which person a subject of the log is. A row that is deleted cannot be made again: nothing leads from the person to the events then.';
create table batch.operator_text (
  id uuid primary key default gen_random_uuid(),
  text text
);
comment on table batch.operator_text is 'Words of operators that events tell of. Null once they were erased.';

-- Random, so that it tells nothing: neither the order of ids nor who came first.
create function batch.random_subject() returns int language sql volatile as $$
  select greatest(1, ('x' || left(gen_random_uuid()::text, 8))::bit(32)::int & 2147483647)
$$;
-- What a person is known since is no later than the run that writes the first row for them.
create function batch.know_subjects(users int[], run uuid) returns void language plpgsql as $$
begin
  if (select count(*) from batch.subject s where s.user_id = any (users)) = cardinality(array_remove(users, null)) then return; end if;
  for tries in 1..20 loop
    if not exists (select from unnest(users) u (id) where u.id is not null and not exists (select from batch.subject s where s.user_id = u.id)) then return; end if;
    insert into batch.subject (user_id, subject, since)
      select distinct on (u.id) u.id, batch.random_subject(), coalesce((select r.requested_at from batch.run_view r where r.run_id = know_subjects.run), batch.event_time()) from unnest(users) u (id)
      where u.id is not null and not exists (select from batch.subject s where s.user_id = u.id) order by u.id
      on conflict do nothing; -- a number that another has, too: the next try draws another one
  end loop;
  raise exception 'persons were given no subject: another transaction gives them one. Do it again' using errcode = 'serialization_failure';
end $$`;

/**
 * What of an outcome leads to a person is sealed with what only the map has. The same again takes the seal off. A subject has one outcome in a run, so that no pad is used twice; of 48 bits, because such
 * figures stay exact in JSON. Stable and not immutable, as what JSON is built with is: PostgreSQL puts them into the statement then, where a call for each row would take ten times as long.
 * What has not the shape that the codec knows stays as it is, for the codec to refuse.
 */
export const SEALS = `
create function batch.seal_hash(digits text, secret uuid, run uuid, what int) returns text language sql stable strict as $$
  select string_agg(lpad(to_hex(('x' || substr(digits, at, 16))::bit(64)::bigint # ('x' || substr(pad, at, 16))::bit(64)::bigint), 16, '0'), '' order by at)
  from encode(sha256(uuid_send(secret) || uuid_send(run) || int4send(what)), 'hex') pad, generate_series(1, length(digits), 16) at
$$;
create function batch.seal_hashes(data jsonb, secret uuid, run uuid) returns jsonb language sql stable as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'inputsHash', case when data->>'inputsHash' ~ '^[0-9a-f]{64}$' then batch.seal_hash(data->>'inputsHash', secret, run, 1) end,
    'responseHash', case when data->>'responseHash' ~ '^[0-9a-f]{64}$' then batch.seal_hash(data->>'responseHash', secret, run, 2) end))
$$;
create function batch.seal_id(data jsonb, secret uuid, run uuid) returns jsonb language sql stable as $$
  select case when jsonb_typeof(data->'interventionId') = 'number' and length(data->>'interventionId') < 17 and data->>'interventionId' not like '%.%' then jsonb_set(data, '{interventionId}',
    to_jsonb((data->>'interventionId')::bigint # ('x' || left(encode(sha256(uuid_send(secret) || uuid_send(run)), 'hex'), 12))::bit(48)::bigint)) else data end
$$;
create function batch.seal(data jsonb, secret uuid, run uuid) returns jsonb language sql stable as $$
  select case when data ?| array['inputsHash', 'responseHash'] then batch.seal_id(data, secret, run) || batch.seal_hashes(data, secret, run) else batch.seal_id(data, secret, run) end
$$;
create function batch.unsealed(data jsonb, secret uuid, run uuid) returns jsonb language sql stable as $$
  select case when secret is not null then batch.seal(data, secret, run)
    else (data - array['inputsHash', 'responseHash']) || case when data ? 'interventionId' then '{"interventionId": null}'::jsonb else '{}' end end
$$;

-- What is no outcome: persons that a run was asked for, operators' words, and the bounds of chunks, which are places in the roster and no ids.
create function batch.without_persons(type text, data jsonb) returns jsonb language plpgsql volatile as $$
declare
  told jsonb := data;
  key text;
  noted uuid;
begin
  if jsonb_typeof(told->'userIds') = 'array' and not exists (select from jsonb_array_elements(told->'userIds') u (id) where u.id::text !~ '^-?[0-9]{1,10}$') then
    perform batch.know_subjects(array(select jsonb_array_elements_text(told->'userIds')::int), null);
    told := (told - 'userIds') || jsonb_build_object('subjects', (
      select coalesce(jsonb_agg(s.subject order by s.subject), '[]') from jsonb_array_elements_text(data->'userIds') u (id) join batch.subject s on s.user_id = u.id::int));
  end if;
  told := batch.placed(type, told);
  foreach key in array array['reason', 'withoutSchedule'] loop
    if jsonb_typeof(told->key) = 'string' and type not in ('SlotSkipped', 'SlotRangeSkipped') then -- theirs are codes
      insert into batch.operator_text (text) values (told->>key) returning id into noted;
      told := jsonb_set(told - key, '{texts}', coalesce(told->'texts', '{}') || jsonb_build_object(key, noted));
    end if;
  end loop;
  return told;
end $$;
create function batch.places(chunks jsonb, begin_at int) returns jsonb language sql immutable as $$
  select coalesce(jsonb_agg(jsonb_build_object('after', begin_at + before, 'through', begin_at + before + size, 'roster', size) order by n), '[]') from (
    select n, (chunk->>'roster')::int as size, coalesce(sum((chunk->>'roster')::int) over (order by n rows between unbounded preceding and 1 preceding), 0)::int as before
    from jsonb_array_elements(chunks) with ordinality c (chunk, n)) placed
$$;
create function batch.placed(type text, data jsonb) returns jsonb language plpgsql stable as $$
begin
  return case type
    when 'RunPlanned' then data || jsonb_build_object('chunks', batch.places(data->'chunks', 0))
    when 'ChunkSplit' then data || jsonb_build_object('kept', batch.places(jsonb_build_array(data->'kept'), 0)->0, 'parts', batch.places(data->'parts', (data->'kept'->>'roster')::int))
    else data end;
exception when data_exception then return data; -- what no release of ours wrote stays what it is
end $$;
create function batch.with_persons(data jsonb) returns jsonb language sql stable as $$
  select (data - array(select k from unnest(array['subjects', 'texts']) k where jsonb_typeof(data->k) in ('array', 'object')))
    || case when jsonb_typeof(data->'subjects') = 'array' then jsonb_build_object('userIds', (
      select coalesce(jsonb_agg(s.user_id order by s.user_id), '[]') from jsonb_array_elements_text(data->'subjects') n (subject) join batch.subject s on s.subject = n.subject::int)) else '{}' end
    || coalesce((select jsonb_object_agg(t.key, coalesce(o.text, '(erased)')) from jsonb_each_text(case when jsonb_typeof(data->'texts') = 'object' then data->'texts' else '{}' end) t left join batch.operator_text o on o.id = t.value::uuid), '{}')
$$`;
