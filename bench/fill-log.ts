import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Client } from 'pg';
import type { LocalDate } from '../src/domain/local-date.js';
import { monthOf } from '../src/domain/run/stream-names.js';
import { withClient } from './sql-limit.js';

interface Template {
  readonly run_id: string;
  readonly run_month: string;
  readonly requested_at: Date;
  readonly events: number;
}

const DAY_S = 86_400;
/** The copies go back no further than this, several a day where there are many. */
const MAX_DAYS = 1_000;
const TEMPLATE = `select r.run_id, r.run_month::text, r.requested_at, (select count(*)::int from batch.event_log e where e.run_month = r.run_month and e.run_id = r.run_id) as events
  from batch.run_view r where r.ended_at is not null order by r.requested_at desc limit 1`;

// $1 the run that is copied, $2 its month, $3 the copy, $4 the copy's month, $5 seconds between them. All events of a copy carry its own transaction.
const EVENTS = `insert into batch.event_log (xid, stream, version, type, run_id, run_month, subject, data, actor, correlation_id, causation_id, recorded_at)
  select pg_current_xact_id(), replace(stream, $1::text, $3::text), version, type, $3::uuid, $4::date, subject,
    case when type = 'RunRequested' then data || jsonb_build_object('recordDate', ((data->>'recordDate')::date - $5::int / 86400)::text) else data end,
    actor, $3::uuid, causation_id, recorded_at - $5::int * interval '1 s'
  from batch.event_log where run_month = $2::date and run_id = $1::uuid order by position`;
// $1 the copy, $2 its month. One link a stream, as if one append had written it: what a check of the chain works out is the same.
const LINKS = `insert into batch.event_link (run_month, stream, version_from, version_to, hash, xid)
  select e.run_month, e.stream, min(e.version), max(e.version), sha256(convert_to(chr(10) || string_agg(
      jsonb_build_array(e.stream, e.run_month, e.run_id, e.actor, e.correlation_id, e.causation_id, (extract(epoch from e.recorded_at) * 1000000)::bigint)::text
      || ' ' || e.position || ' ' || e.version || ' ' || coalesce(e.subject::text, '-') || ' ' || octet_length(e.type) || ':' || e.type || ' ' || e.data::text || chr(10),
      '' order by e.version), 'UTF8')), pg_current_xact_id()
  from batch.event_log e where e.run_month = $2::date and e.run_id = $1::uuid group by e.run_month, e.stream`;
const RUN_VIEW = `insert into batch.run_view select (jsonb_populate_record(r, jsonb_build_object('run_id', $2::uuid, 'run_month', $3::date,
    'record_date', r.record_date - $4::int / 86400, 'requested_at', r.requested_at - $4::int * interval '1 s', 'planned_at', r.planned_at - $4::int * interval '1 s',
    'started_at', r.started_at - $4::int * interval '1 s', 'ended_at', r.ended_at - $4::int * interval '1 s'))).*
  from batch.run_view r where r.run_id = $1`;
const CHUNK_VIEW = `insert into batch.chunk_view select (jsonb_populate_record(c, jsonb_build_object('run_id', $2::uuid,
    'completed_at', c.completed_at - $3::int * interval '1 s'))).* from batch.chunk_view c where c.run_id = $1`;

/**
 * Fills the log with copies of the newest run that ended, a day apart or less, until it holds about `events` events; the views with theirs. As
 * the log would look after years: partitions by month, every event where a fold expects it, and a chain over them. @returns events that were added
 */
export async function fillLog(url: string, events: number, onProgress: (added: number) => void): Promise<number> {
  const template = await withClient(url, async (client) => (await client.query<Template>(TEMPLATE)).rows[0]);
  if (template === undefined || template.events === 0) throw new Error('no run has ended on this database: there is nothing to copy');
  const copies = Math.ceil(events / template.events);
  const apartS = Math.floor(Math.min(DAY_S, (MAX_DAYS * DAY_S) / copies));
  const ages = Array.from({ length: copies }, (_, at) => (at + 1) * apartS);
  await withClient(url, (client) =>
    makeMonths(
      client,
      ages.map((ageS) => monthBack(template, ageS)),
    ),
  );
  let next = 0;
  let added = 0;
  const copier = (): Promise<void> =>
    withClient(url, async (client) => {
      await client.query('set synchronous_commit = off');
      for (let ageS = ages[next++]; ageS !== undefined; ageS = ages[next++]) {
        await copyRun(client, template, ageS);
        onProgress((added += template.events));
      }
    });
  await Promise.all(Array.from({ length: availableParallelism() }, copier));
  await withClient(url, (client) => client.query('vacuum analyze'));
  return added;
}

function monthBack({ requested_at: at }: Template, ageS: number): LocalDate {
  return monthOf(new Date(at.getTime() - ageS * 1_000));
}

async function makeMonths(client: Client, months: readonly LocalDate[]): Promise<void> {
  for (const month of new Set(months)) await client.query('select batch.ensure_partition($1)', [month]);
}

async function copyRun(client: Client, template: Template, ageS: number): Promise<void> {
  const { run_id: from, run_month: fromMonth } = template;
  const [to, month] = [randomUUID(), monthBack(template, ageS)];
  await client.query('begin');
  await client.query(`select set_config('batch.appending', 'linked', true)`);
  await client.query(EVENTS, [from, fromMonth, to, month, ageS]);
  await client.query(LINKS, [to, month]);
  await client.query(RUN_VIEW, [from, to, month, ageS]);
  await client.query(CHUNK_VIEW, [from, to, ageS]);
  await client.query('commit');
}
