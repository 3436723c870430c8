import { believedJson } from '../records/believed.js';
import { IBSAFE } from '../records/ibsafe-names.js';

/** Runs that are looked at for what their nights were, and how many of them rows are taken from. */
const RUNS_LOOKED_AT = 80;
/** Record dates of a program, the last ones, whose runs rows are taken from. */
export const NIGHTS = 3;
/** Runs that rows are taken from, and earlier ones of which one row tells the versions. */
export const RUNS_SAMPLED = 8;
export const RUNS_PROBED = 24;
/** Outcomes of a run that are looked at; of them rows by chance, and rows in which something was found. */
const LOOKED_AT = 1_000;
export const BY_CHANCE = 100;
export const FLAGGED = 50;

/** Runs that wrote advice, the last ones first. */
export const RUNS = `select run_id as "runId", run_month::text as month, program, record_date::text as "recordDate" from batch.run_view
  where not dry_run and planned_at is not null order by requested_at desc, run_id desc limit ${RUNS_LOOKED_AT}`;

const COLUMNS = `o.run_id as "runId", split_part(o.stream, '/chunk-', 2)::int as chunk, o.version, s.user_id as "userId", i.id::float8 as "interventionId", r.program,
  r.record_date::text as "recordDate", o.data->>'generator' as generator, o.data->>'fallbackReason' as "fallbackReason", o.data ? 'violations' as "hasViolations",
  o.data->>'promptVersion' as "promptVersion", ${believedJson('i.outputs')} as outputs, ${believedJson('i.diet_target')} as "dietTarget",
  coalesce(case when jsonb_typeof(i.input_allergies) = 'array' then jsonb_array_length(i.input_allergies) end, 0)
    + coalesce(case when jsonb_typeof(i.input_restrictions) = 'array' then jsonb_array_length(i.input_restrictions) end, 0) as restrictions`;

// A row that a later run of the same date wrote over is that run's. The map takes the seal off the row's id, and an erased person is not in it.
const ADVICE = `join batch.subject s on s.subject = o.subject
  join batch.run_view r on r.run_id = o.run_id
  join ${IBSAFE.interventions} i on i.id = (batch.unsealed(o.data, s.secret, o.run_id)->>'interventionId')::bigint and i.user_id = s.user_id
  where not exists (select from batch.run_view later join batch.event_log e on e.run_month = later.run_month and e.run_id = later.run_id and e.subject = o.subject
    where later.record_date = r.record_date and later.program = r.program and not later.dry_run and (later.requested_at, later.run_id) > (r.requested_at, r.run_id)
      and e.type = 'InterventionGenerated')`;

// Subjects are random numbers: those from a number on that the run's id gives are a part of the run by chance, the same whenever it is asked for.
const PIVOT = "(('x' || left(md5(w.id::text), 8))::bit(32)::int & 2147483647)";
const OUTCOMES = `select run_id, run_month, stream, version, subject, type, data from batch.event_log where run_month = w.month and run_id = w.id`;

/** Rows of several runs: \`$1\` ids, \`$2\` months, \`$3\` how many by chance, \`$4\` how many with something found. */
export const CANDIDATES = `select ${COLUMNS}
  from unnest($1::uuid[], $2::date[], $3::int[], $4::int[]) as w (id, month, by_chance, flagged)
  cross join lateral (
    select *, row_number() over (order by turn, subject) as place, row_number() over (partition by data ?| array['fallbackOf', 'violations'] order by turn, subject) as place_of_kind
    from (
      (select 0 as turn, c.* from (${OUTCOMES} and subject > ${PIVOT} order by subject limit ${LOOKED_AT}) c)
      union all (select 1, c.* from (${OUTCOMES} and subject <= ${PIVOT} order by subject limit ${LOOKED_AT}) c)
    ) looked where type = 'InterventionGenerated' and not exists (
      select from batch.mark_view m where m.run_id = looked.run_id and m.chunk = split_part(looked.stream, '/chunk-', 2)::int and m.outcome_version = looked.version)
  ) o ${ADVICE} and (o.place <= w.by_chance or (o.data ?| array['fallbackOf', 'violations'] and o.place_of_kind <= w.flagged))`;

/** One row: \`$1\` the run, \`$2\` the stream of its chunk, \`$3\` the version. */
export const ONE = `select ${COLUMNS} from batch.event_log o ${ADVICE}
  and o.type = 'InterventionGenerated' and o.run_id = $1 and o.run_month = r.run_month and o.stream = $2 and o.version = $3`;
