import { ALL_PROGRAMS } from '../domain/programs/all-programs.js';
import { type Said, vocabularyOf } from '../domain/said.js';
import { LINK_LINE } from '../eventlog/log-heads.js';
import { IBSAFE } from '../records/ibsafe-names.js';
import { isLetGo } from '../store/let-go-months.js';
import { tell } from './finding-words.js';

/** The promises of the log that the doctor checks. Group `Promise`. */
export const PROMISES = vocabularyOf('Promise', {
  SUMS_ARE_ROSTER: [],
  ONE_OUTCOME: [],
  OUTCOME_IN_ITS_CHUNK: [],
  SUMS_ARE_OUTCOMES: [],
  ADVICE_IS_A_ROW: [],
  ROW_HAS_EVENT: [],
  NO_GAP: [],
  CHAIN_HOLDS: [],
  HEADS_HOLD: [],
  MONTHS_KEPT_OR_LET_GO: [],
  EVENTS_KNOWN: [],
  VIEWS_AS_LOG: [],
  SLOTS_ONCE: [],
});

/** A promise that one SQL statement can check. */
export interface SqlInvariant {
  /** Its code, of group `Promise`. */
  readonly promise: keyof (typeof PROMISES)['places'];
  /** One row per breach, at most `MAX_NAMED`: where it is, what was found, and how many there are in all. */
  readonly text: string;
  readonly values?: readonly unknown[];
  /** What is no breach and worth telling: a statement that counts it, and what is said of one or more. */
  readonly aside?: { readonly text: string; readonly tell: (count: number) => Said };
}

/** Of an intervention `i`: whether the batch wrote it. */
const OURS = `i.outputs ?| '{ruleVersion,promptVersion}'`;

/** Ids that generated events name. An id is sealed in the log: `offset 0` has each opened once, and not anew wherever a query uses it. */
const WRITTEN = `select id from (
          select (data->>'interventionId')::bigint as id from batch.event where type = 'InterventionGenerated' offset 0) opened where id is not null`;

/** The one migration that made links of the log anew. Heads of before it are not compared; all links of months that were in the log then are later than they. */
const MOVED = '058-subjects';

/** Breaches that are named; the others are counted. */
export const MAX_NAMED = 3;

const GUBUN = Object.fromEntries(ALL_PROGRAMS.map(({ name, gubun }) => [name, gubun]));

// What is told of a breach holds ids and figures, as the log does.
const named = (query: string): string =>
  `select subject, what, count(*) over ()::int as breaches from (${query}) breach (subject, what) order by subject limit ${MAX_NAMED}`;

const FINISHED = `select run_id, run_month, coalesce(roster, 0) as roster from batch.run_view where ended_at is not null`;
// What was let go is no breach: of such runs the views alone are asked.
const TOLD = `${FINISHED} and not ${isLetGo('run_month')}`;

// Until when a row for a record date may be of a run that was let go, or of the app in the time of such a run. A row for each night, looked up by rows of years.
const BEFORE_RETENTION = `(select g.record_date, $1::jsonb->>g.program as gubun, max(g.ended_at) + interval '1 day' as until from batch.run_view g
        where not g.dry_run and ${isLetGo('g.run_month')} group by 1, 2)`;

/** Invariants 1 to 3 of the design: what each finished run owes to its users, to IBSafe's table and to the log. */
export const RUN_INVARIANTS: readonly SqlInvariant[] = [
  {
    promise: 'SUMS_ARE_ROSTER',
    text: named(`with finished as (${FINISHED}), sums as (
        select run_id, sum(roster) as planned, sum(generated + skipped + failed + cancelled) as ended from batch.chunk_view group by run_id)
      select 'run ' || f.run_id, format('roster %s, its chunks have %s and ended %s', f.roster, coalesce(s.planned, 0), coalesce(s.ended, 0))
      from finished f left join sums s using (run_id)
      where f.roster is distinct from coalesce(s.planned, 0) or f.roster is distinct from coalesce(s.ended, 0)`),
  },
  {
    promise: 'ONE_OUTCOME',
    text: named(`with finished as (${TOLD}), told as (
        select run_month, run_id, count(*) as outcomes, count(distinct subject) as users
        from batch.event_log where subject is not null group by run_month, run_id)
      select 'run ' || f.run_id, format('roster %s, %s outcomes of %s users', f.roster, coalesce(t.outcomes, 0), coalesce(t.users, 0))
      from finished f left join told t using (run_month, run_id)
      where (f.roster, f.roster) is distinct from (coalesce(t.outcomes, 0), coalesce(t.users, 0))`),
  },
  {
    promise: 'OUTCOME_IN_ITS_CHUNK',
    text: named(`with told as (
        select run_id, stream, count(*) as outcomes
        from batch.event_log where subject is not null group by run_month, run_id, stream),
      planned as (select v.*, format('run-%s/chunk-%s', v.run_id, v.chunk) as stream, r.ended_at from batch.chunk_view v join batch.run_view r using (run_id)
        where not ${isLetGo('r.run_month')})
      select coalesce(t.stream, p.stream), format('planned %s users, told of %s', coalesce(p.roster::text, 'no'), coalesce(t.outcomes, 0))
      from planned p full join told t on t.stream = p.stream
      where p.stream is null or t.outcomes > p.roster
        or (p.ended_at is not null and coalesce(t.outcomes, 0) <> p.roster)`),
  },
  {
    promise: 'SUMS_ARE_OUTCOMES',
    text: named(`with counted as (select run_id, chunk, generated, skipped, failed, cancelled, reasons from batch.chunk_view),
      parts as (
        select e.run_id, e.stream, (e.data->>'chunk')::int as chunk, e.data from batch.event_log e
        where e.subject is null and e.type in ('ChunkProgressed', 'ChunkCompleted')),
      part_codes as (select stream, jsonb_object_agg(code, users) as reasons from (
        select stream, r.key as code, sum(r.value::int) as users from parts, jsonb_each_text(data->'reasons') r group by 1, 2) s group by stream),
      chunks as (
        select p.stream, jsonb_build_object('generated', p.generated, 'skipped', p.skipped, 'failed', p.failed, 'cancelled', p.cancelled,
            'reasons', coalesce(r.reasons, '{}')) as data, c.generated, c.skipped, c.failed, c.cancelled, c.reasons
        from (select run_id, stream, chunk, sum((data->>'generated')::int) as generated, sum((data->>'skipped')::int) as skipped,
            sum((data->>'failed')::int) as failed, sum((data->>'cancelled')::int) as cancelled from parts group by 1, 2, 3) p
          left join part_codes r using (stream) left join counted c on c.run_id = p.run_id and c.chunk = p.chunk),
      codes as (select run_id, jsonb_object_agg(code, users) as reasons from (
        select run_id, r.key as code, sum(r.value::int) as users from counted, jsonb_each_text(reasons) r group by 1, 2) s group by run_id),
      sums as (select run_id, sum(generated) as generated, sum(skipped) as skipped, sum(failed) as failed, sum(cancelled) as cancelled
        from counted group by run_id),
      runs as (
        select e.stream, e.data, coalesce(s.generated, 0), coalesce(s.skipped, 0), coalesce(s.failed, 0), coalesce(s.cancelled, 0), coalesce(c.reasons, '{}')
        from batch.event_log e left join sums s using (run_id) left join codes c using (run_id)
        where e.subject is null and e.type in ('RunCompleted', 'RunCancelled'))
      select stream, format('told %s, counted %s', told, counted) from (
        select stream, jsonb_build_object('generated', data->'generated', 'skipped', data->'skipped', 'failed', data->'failed',
            'cancelled', data->'cancelled', 'reasons', data->'reasons') as told,
          jsonb_build_object('generated', generated, 'skipped', skipped, 'failed', failed, 'cancelled', cancelled, 'reasons', reasons) as counted
        from (select * from chunks union all select * from runs) ended) compared
      where told <> counted`),
  },
  {
    promise: 'ADVICE_IS_A_ROW',
    // That each was written, the writing transaction has seen to: PostgreSQL's own count of rows is that of the outcomes, or nothing is committed. A row
    // that is gone was deleted since, which is the app's right; and so is a row of the app, or of a later run, that has got its id, as after a flush.
    // Whether another event explains a row is asked of all suspects at once: asked of each, a log of millions beside an app that lets old rows go is never read to its end.
    text: named(`with told as materialized (
        select e.run_id, e.user_id, (e.data->>'interventionId')::bigint as id, r.record_date, $1::jsonb->>r.program as gubun, r.dry_run
        from batch.event e join batch.run_view r using (run_id) where e.type = 'InterventionGenerated' and e.user_id is not null),
      suspects as (
        select t.*, i.id as found, i.user_id as of_user, i.record_date as of_date, i.gubun::text as of_gubun
        from told t left join ${IBSAFE.interventions} i on i.id = t.id
        where case when t.dry_run then t.id is not null
          else t.id is null or i.id is not null and (i.user_id, i.record_date, i.gubun::text) is distinct from (t.user_id, t.record_date, t.gubun)
            and ${OURS} and exists (select from ${IBSAFE.users} a where a.id = t.user_id) end)
      select 'run ' || s.run_id, format('user %s: intervention %s', s.user_id, case
          when s.id is null then 'none'
          when s.dry_run then s.id || ' of a dry run'
          else s.id || ' is another user’s, date’s or program’s' end)
      from suspects s left join told o
        on not s.dry_run and (o.id, o.user_id, o.record_date, o.gubun) = (s.found, s.of_user, s.of_date, s.of_gubun)
      where o.id is null`),
    values: [JSON.stringify(GUBUN)],
    aside: {
      text: `select count(*)::int as count from (${WRITTEN}) e
        where not exists (select from ${IBSAFE.interventions} i where i.id = e.id)`,
      tell: (count) => (count === 1 ? tell('ROW_GONE') : tell('ROWS_GONE', { count })),
    },
  },
  {
    promise: 'ROW_HAS_EVENT',
    // Ours are told by the version of the rules or of the prompt, which no other program writes; rows older than the log are none of its business.
    text: named(`select 'intervention ' || i.id, format('user %s, record date %s, written %s', i.user_id, i.record_date, i.created_at)
      from ${IBSAFE.interventions} i left join ${BEFORE_RETENTION} before on before.record_date = i.record_date and before.gubun = i.gubun::text
      where ${OURS} and i.created_at >= (select min(requested_at) from batch.run_view) and (before.until is null or i.created_at > before.until)
        and exists (select from batch.subject s where s.user_id = i.user_id and s.since <= i.created_at)
        and not exists (select from (${WRITTEN}) e where e.id = i.id)`),
    values: [JSON.stringify(GUBUN)],
  },
  {
    promise: 'NO_GAP',
    text: named(`select stream, format('%s events, versions %s to %s', count(*), min(version), max(version))
      from batch.event_log group by run_month, stream having min(version) <> 1 or max(version) <> count(*) or count(distinct version) <> count(*)`),
  },
  {
    promise: 'HEADS_HOLD',
    text: named(`with heads as (
        select h.*, lag(h.number) over w as previous, lag(h.hash) over w as hash_before, lag(h.through, 1, '0'::xid8) over w as since from batch.log_head h window w as (order by h.number)),
      covered as (
        select h.number, count(l.hash) as links, coalesce(sum(l.version_to - l.version_from + 1), 0) as events,
          coalesce(string_agg(${LINK_LINE} || chr(10), '' order by l.run_month, l.stream, l.version_to) filter (where l.hash is not null), '') as lines
        from heads h left join batch.event_link l on l.xid >= h.since and l.xid < h.through group by h.number)
      select 'head ' || h.number, format('of %s, over %s links: a link, a head or the order of heads was changed, or one is missing', h.day, h.links)
      from heads h join covered c using (number)
      where h.number > coalesce((select after_head from batch.log_rewrite where migration = '${MOVED}'), 0) and (h.number <> coalesce(h.previous, 0) + 1 or (h.links, h.events) is distinct from (c.links, c.events)
        or h.hash <> sha256(convert_to(coalesce(encode(h.hash_before, 'hex'), '') || chr(10) || jsonb_build_array(h.number, h.day, h.links, h.events)::text || chr(10) || c.lines, 'UTF8')))
      union all
      select 'rewrite ' || left(migration, 60), 'no migration of this service moved the log: its heads are compared all the same' from batch.log_rewrite where migration <> '${MOVED}'
      union all
      select 'head ' || h.number, 'counts as one of before the log was moved, and is later: the list of what was moved was changed'
      from heads h join batch.log_rewrite r on r.migration = '${MOVED}' and h.number <= r.after_head
      where h.written_at > r.made_at or exists (select from batch.event_link l where l.xid >= h.since and l.xid < h.through
        and l.run_month not in (select g.month from batch.let_go_month g where g.let_go_at < r.made_at + interval '1 hour'))`),
  },
  {
    promise: 'MONTHS_KEPT_OR_LET_GO',
    text: named(`with lying as (
        select to_date(substr(c.relname, 7), 'YYYY_MM') as month from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'batch.event_log'::regclass)
      select 'month ' || to_char(month, 'YYYY-MM'), 'was let go and has a partition' from batch.let_go_month join lying using (month)
      union all
      select 'month ' || to_char(month, 'YYYY-MM'), 'was let go and its table is left beside the log' from batch.let_go_month g
        where to_regclass('batch.event_' || to_char(month, 'YYYY_MM')) is not null and not exists (select from lying l where l.month = g.month)
      union all
      select 'month ' || to_char(run_month, 'YYYY-MM'), format('%s runs, and no event of them in the log or an archive', count(*)) from batch.run_view
        where run_month not in (select month from lying) and not ${isLetGo('run_month')} group by run_month`),
  },
];
