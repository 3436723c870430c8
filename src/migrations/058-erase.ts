/** Bounds of chunks were ids of persons. An earlier release still tells them. */
export const WORK = `
alter table batch.chunk_view alter after_user_id drop not null, alter through_user_id drop not null;
update batch.chunk_view set after_user_id = null, through_user_id = null;
create function batch.without_bounds() returns trigger language plpgsql as $$
begin
  new.after_user_id := null;
  new.through_user_id := null;
  return new;
end $$;
create trigger chunk_view_bounds before insert or update of after_user_id, through_user_id on batch.chunk_view for each row execute function batch.without_bounds()`;

/** What leads from a person to events, and what else the schema knows of them. Counts stay what they are. */
export const ERASE = `
create function batch.erase_person(in_user int, in_texts uuid[]) returns jsonb language plpgsql as $$
declare
  erased jsonb := '{}';
  counted bigint;
  words text[];
  place record;
begin
  if exists (select from batch.chunk_work w join batch.run_view r using (run_id) where not w.done and r.ended_at is null and in_user = any (w.user_ids))
    or exists (select from batch.run_view r where r.planned_at is null and r.ended_at is null and in_user = any (r.user_ids)) then
    raise exception 'a run that has not ended covers this person' using errcode = 'BE011';
  end if;
  delete from batch.subject where user_id = in_user;
  get diagnostics counted = row_count;
  erased := erased || jsonb_build_object('subjects', counted);
  delete from batch.low_fodmap_days where user_id = in_user;
  delete from batch.session where user_id = in_user;
  delete from batch.person_read_user where user_id = in_user;
  get diagnostics counted = row_count;
  erased := erased || jsonb_build_object('reads', counted);
  update batch.run_view set user_ids = array_remove(user_ids, in_user) where in_user = any (user_ids);
  get diagnostics counted = row_count;
  erased := erased || jsonb_build_object('runs', counted);
  update batch.chunk_work set user_ids = array_remove(user_ids, in_user) where in_user = any (user_ids);
  -- Batches at a model's provider say whom a line stands for until they are cleaned up.
  update batch.model_batch set lines = (
      select jsonb_agg(case when l->'userId' = to_jsonb(in_user) then l || '{"userId": null, "inputsHash": null}' else l end order by n) from jsonb_array_elements(lines) with ordinality a (l, n))
    where jsonb_typeof(lines) = 'array' and lines @> jsonb_build_array(jsonb_build_object('userId', in_user));
  select array_agg(text) into words from batch.operator_text where id = any (in_texts) and text is not null;
  update batch.operator_text set text = null where id = any (in_texts) and text is not null;
  get diagnostics counted = row_count;
  for place in select * from (values ('run_view', 'reason'), ('run_view', 'paused_reason'), ('run_view', 'cancel_reason'), ('run_view', 'without_schedule'), ('backfill_view', 'reason'),
      ('backfill_view', 'cancel_reason'), ('schedule_view', 'paused_reason'), ('alert_silence', 'reason'), ('slot', 'reason'), ('recall_view', 'reason'),
      ('recall_view', 'lift_reason')) p (tab, col)
    where exists (select from information_schema.columns c where c.table_schema = 'batch' and c.table_name = p.tab and c.column_name = p.col and c.data_type = 'text') loop
    execute format('update batch.%I set %I = ''(erased)'' where %I = any ($1)', place.tab, place.col, place.col) using words;
  end loop;
  return erased || jsonb_build_object('texts', counted);
end $$;
comment on function batch.erase_person(int, uuid[]) is 'Forgets which person a subject is, for good, and what else schema batch knows of the person. Events stay as they are.'`;
