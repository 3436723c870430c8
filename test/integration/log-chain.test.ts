import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeHead } from '../../src/eventlog/log-heads.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { foundOf, GOOD, settled, tamper as asSuperuser } from '../support/tampering.js';

describe('the chain of the log', () => {
  let batch: TestBatch;
  let runId: string;

  beforeEach(async () => {
    batch = await createTestBatch({ users: 24 });
    runId = await batch.run();
    await settled(batch);
    await writeHead(batch.pool);
  });
  afterEach(() => batch.close());
  const found = (): Promise<{ chain: string; heads: string }> => foundOf(batch);
  const tamper = (...statements: readonly string[]): Promise<void> => asSuperuser(batch, statements.map((statement) => statement.replaceAll(':run', runId))); // prettier-ignore

  it('holds after runs of every kind, of a plan, after a rebuild and after each head', async () => {
    await batch.run({ dryRun: true });
    await batch.run({ userIds: [3, 13, 23] });
    await batch.request();
    await tamper(`update batch.log_head set day = day`); // nothing is changed
    expect(await found()).toEqual(GOOD);
    const [{ links, events } = { links: 0, events: 0 }] = await batch.rows<{ links: number; events: number }>(
      'select count(*)::int as links, (select count(*)::int from batch.event) as events from batch.event_link',
    );
    expect(links).toBeLessThan(events / 2);
  });

  const EVENT = `batch.event_log where stream = 'run-:run/chunk-0' and version = 2`;
  const STREAM = `stream = 'run-:run/chunk-0'`;
  it.each<[what: string, chain: RegExp, heads: RegExp, statements: readonly string[]]>([
    ['data of an event are changed', /versions 1 to \d+: an event, the/, /^no/, [`update batch.event_log set data = data || '{"attempts": 9}' where ${STREAM} and version = 2`]], // prettier-ignore
    ['an event is another user’s', /chunk-0, versions 1 to \d+: an event, the/, /^no/, [`update batch.event_log set subject = 900 where ${STREAM} and version = 2`]], // prettier-ignore
    [
      'an event is of another type',
      /: an event, the/,
      /^no/,
      [`update batch.event_log set type = 'RunResumed' where stream = 'run-:run' and version = 2`],
    ],
    ['an event was recorded a microsecond earlier', /: an event, the/, /^no/, [`update batch.event_log set recorded_at = recorded_at - interval '1 microsecond' where ${STREAM} and version = 2`]], // prettier-ignore
    ['an event has another actor', /: an event, the/, /^no/, [`update batch.event_log set actor = 'somebody' where stream = 'run-:run' and version = 1`]], // prettier-ignore
    ['an event has another cause', /: an event, the/, /^no/, [`update batch.event_log set causation_id = gen_random_uuid() where stream = 'run-:run' and version = 1`]], // prettier-ignore
    ['an event has another correlation', /: an event, the/, /^no/, [`update batch.event_log set correlation_id = gen_random_uuid() where ${STREAM} and version = 2`]], // prettier-ignore
    ['an event is of another run', /: an event, the/, /^no/, [`update batch.event_log set run_id = gen_random_uuid() where ${STREAM} and version = 2`]], // prettier-ignore
    ['an event stands elsewhere in the log', /: an event, the/, /^no/, [`alter table batch.event_log alter column position drop identity`, `update batch.event_log set position = 4000000 where ${STREAM} and version = 2`]], // prettier-ignore
    ['a figure that JavaScript cannot hold is changed', /: an event, the/, /^no/, [`update batch.event_log set data = data || '{"durationMs": 9007199254740993}' where ${STREAM} and version = 2`]], // prettier-ignore
    ['an event in the middle is dropped', /chunk-0, versions 1 to \d+: an event is missing/, /^no/, [`delete from ${EVENT}`]],
    [
      'the first event of a stream is dropped',
      /: an event is missing/,
      /^no/,
      [`delete from batch.event_log where ${STREAM} and version = 1`],
    ],
    ['the last event of a stream is dropped', /: an event is missing/, /^no/, [`delete from batch.event_log e where ${STREAM} and version = (select max(version) from batch.event where ${STREAM})`]], // prettier-ignore
    ['the last append of a stream is dropped with its link', /^no breach$/, /^head 1: of \d{4}-\d\d-\d\d, over \d+ links: a link/, [
      `delete from batch.event_log e where stream = 'run-:run' and version >= (select max(version_from) from batch.event_link where stream = 'run-:run')`,
      `delete from batch.event_link where stream = 'run-:run' and version_to = (select max(version_to) from batch.event_link where stream = 'run-:run')`]], // prettier-ignore
    ['a whole stream is dropped with its links', /^no breach$/, /^head 1: /, [`delete from batch.event_log where ${STREAM}`, `delete from batch.event_link where ${STREAM}`]], // prettier-ignore
    ['a whole run is dropped with its links', /^no breach$/, /^head 1: /, [`delete from batch.event_log where run_id = ':run'`, `delete from batch.event_link where stream like 'run-:run%'`]], // prettier-ignore
    ['two events are swapped', /: an event, the/, /^no/, [
      `alter table batch.event_log drop constraint event_version`,
      `update batch.event_log set version = 3 - version where ${STREAM} and version in (1, 2)`]], // prettier-ignore
    ['an event came past the way in', /run-:run, versions \d+ to \d+: an event came past/, /^no/, [
      `insert into batch.event_log (xid, stream, version, type, run_id, run_month, data, actor, correlation_id, recorded_at)
       select xid, stream, version + 1, 'RunResumed', run_id, run_month, '{}', actor, correlation_id, recorded_at from batch.event where stream = 'run-:run' order by version desc limit 1`]], // prettier-ignore
    ['a stream came past the way in', /run-other, versions 1 to 2: an event came past/, /^no/, [
      `insert into batch.event_log (xid, stream, version, type, run_id, run_month, data, actor, correlation_id, recorded_at)
       select xid, 'run-other', version, type, null, run_month, data, actor, correlation_id, recorded_at from batch.event where stream = 'run-:run' and version < 3`]], // prettier-ignore
    ['a link is edited', /chunk-0, versions 1 to \d+: an event, the/, /^head 1: /, [`update batch.event_link set hash = sha256('other') where ${STREAM} and version_from = 1`]], // prettier-ignore
    ['a link covers more', /chunk-0, versions/, /^head 1: /, [`update batch.event_link set version_to = version_to + 5 where ${STREAM} and version_from = 1`]], // prettier-ignore
    ['a link is taken away', /: a link is missing|came past/, /^head 1: /, [`delete from batch.event_link where ${STREAM} and version_from = 1`]], // prettier-ignore
    ['the last append of a stream is made again by batch.append, with another actor', /^no breach$/, /^head 1: /, [
      `do $$ declare l batch.event_link; types text[]; datas jsonb[]; run uuid; begin
         select * into l from batch.event_link where stream = 'run-:run' order by version_to desc limit 1;
         select array_agg(type order by version), array_agg(data order by version), min(run_id::text)::uuid into types, datas, run
           from batch.event where run_month = l.run_month and stream = l.stream and version >= l.version_from;
         delete from batch.event_log where run_month = l.run_month and stream = l.stream and version >= l.version_from;
         delete from batch.event_link where run_month = l.run_month and stream = l.stream and version_from = l.version_from;
         alter table batch.event_log enable always trigger event_only_append;
         perform batch.append(l.stream, l.version_from - 1, l.run_month, run, 'somebody', run, null, types, array_fill(null::int, array[cardinality(types)]), datas); end $$`]], // prettier-ignore
    ['the first event of a run is dropped', /run-:run, versions 1 to \d+: an event is missing/, /^no/, [`delete from batch.event_log where stream = 'run-:run' and version = 1`]], // prettier-ignore
    ['a head is edited', /^no/, /^head 1: /, [`update batch.log_head set hash = sha256('other')`]],
    ['a head is of another day', /^no/, /^head 1: /, [`update batch.log_head set day = day - 1`]],
    ['a head covers less', /^no/, /^head 1: /, [`update batch.log_head set through = '3'`]],
  ])('tells when %s', async (_, chain, heads, statements) => {
    expect(await found()).toEqual(GOOD);
    await tamper(...statements);
    const told = await found();
    expect(told.chain).toMatch(new RegExp(chain.source.replaceAll(':run', runId)));
    expect(told.heads).toMatch(heads);
    expect(told.chain === 'no breach' && told.heads === 'no breach').toBe(false);
  });

  it('is the same whatever a session is set to', async () => {
    const client = await batch.pool.connect();
    try {
      await client.query(`set datestyle = 'SQL, DMY'; set timezone = 'Asia/Kathmandu'; set extra_float_digits = -5; set intervalstyle = 'sql_standard';
        set bytea_output = 'escape'; set transform_null_equals = on; set search_path = ''`);
      await client.query(
        `select batch.append('schedule-가', 0, '1970-01-01', null, $1, gen_random_uuid(), gen_random_uuid(), '{Ünknown}', '{-3}', array[$2::jsonb])`,
        [
          'an "actor" \\ of\n two\tlines\u0001\u007f\u2028',
          '{"a": 1.10, "b": 12345678901234567890.5, "c": "x\\u0001 ,\\"actor\\":", "d": [null, {"data": 1, "actor": 2}], "e": 1e30}',
        ],
      );
    } finally {
      client.release(true);
    }
    expect((await found()).chain).toBe('no breach');
    expect(await batch.rows(`select from batch.event_link where stream = 'schedule-가'`)).toHaveLength(1);
  });
});
