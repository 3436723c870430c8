import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lastHead, logHeads, writeHead } from '../../src/eventlog/log-heads.js';
import { createTestBatch, type TestBatch } from '../support/batch-fixture.js';
import { BEGIN_HELD } from '../support/held-transaction.js';
import { foundOf, GOOD, settled, tamper as asSuperuser } from '../support/tampering.js';

const append = (stream: string): string =>
  `select batch.append('${stream}', 0, '1970-01-01', null, 'test', gen_random_uuid(), null, '{ScheduleDeleted}', '{null}', array['{}'::jsonb])`;

const moved = (migration: string, at = 'now()'): string =>
  `insert into batch.log_rewrite (migration, after_head, events, made_at) values ('${migration}', 1, 1, ${at}) on conflict (migration) do update set made_at = excluded.made_at`;

describe('the heads of the log', () => {
  let batch: TestBatch;

  beforeEach(async () => {
    batch = await createTestBatch({ users: 24 });
    await batch.run();
    await settled(batch);
    await writeHead(batch.pool);
  });
  afterEach(() => batch.close());
  const found = (): Promise<{ chain: string; heads: string }> => foundOf(batch);
  const tamper = (...statements: readonly string[]): Promise<void> => asSuperuser(batch, statements);

  it('tells when a head in the middle is taken away, and when an earlier one was edited and those after it were not', async () => {
    await tamper('update batch.log_head set day = day - 2');
    await tamper('delete from batch.log_head');
    for (const back of [3, 2, 0]) {
      await batch.run({ userIds: [3] });
      await settled(batch);
      await writeHead(batch.pool);
      if (back > 0) await tamper(`update batch.log_head set day = day - ${back} where number = (select max(number) from batch.log_head)`);
    }
    expect((await logHeads(batch.pool)).map(({ number }) => number)).toEqual([1, 2, 3]);
    expect((await found()).heads).toMatch(/^head 1: .*; head 2: /); // their days were changed above; the third one stands on the hash of the second, and holds
    expect((await found()).heads).not.toMatch(/head 3/);
    await tamper('delete from batch.log_head where number = 2');
    expect((await found()).heads).toMatch(/head 3: /);
  });

  it('tells of one who says that the log was moved, so that changed heads would not be compared', async () => {
    await tamper("update batch.log_head set hash = sha256('another')", moved('075-of-mine'));
    expect((await found()).heads).toMatch(/head 1: of .*was changed/);
    expect((await found()).heads).toMatch(/rewrite 075-of-mine: no migration/);
    await tamper('delete from batch.log_rewrite', moved('058-subjects'));
    expect((await found()).heads).toMatch(/^head 1: counts as one of before/);
    // Whatever the clock of the row says, and whatever is taken from the day: what the head covered is later than a move would have left it.
    await tamper(moved('058-subjects', "now() + interval '1 day'"), "delete from batch.event_link where stream like 'schedule-%'");
    expect((await found()).heads).toMatch(/^head 1: counts as one of before/);
  });

  it('takes heads of before the log was moved for what they are: their links were made anew', async () => {
    await tamper("insert into batch.log_rewrite (migration, after_head, events) values ('058-subjects', 1, 1)", "update batch.event_link set xid = (select through from batch.log_head)"); // prettier-ignore
    expect((await found()).heads).toBe('no breach');
    // Links of a month that lay in an archive by then stayed as they were.
    await tamper(
      `insert into batch.event_link select '2020-01-01', 'run-x', 1, 1, sha256('x'), (through::text::bigint - 1)::text::xid8 from batch.log_head`,
    );
    expect((await found()).heads).toMatch(/head 1: counts/);
    await batch.rows(`insert into batch.let_go_month (month, runs, events, file, bytes, sha256, actor, let_go_at) values ('2020-01-01', 1, 1, 'a', 1, repeat('a', 64), 'test', now() - interval '1 day')`); // prettier-ignore
    expect((await found()).heads).toBe('no breach');
  });

  it('writes a head over nothing where all is still open, and it holds', async () => {
    await tamper('delete from batch.log_head');
    await tamper(
      `insert into batch.log_head select 1, current_date - 3, 0, 0, sha256(convert_to(chr(10) || jsonb_build_array(1, current_date - 3, 0, 0)::text || chr(10), 'UTF8')), '3'`,
    );
    expect(await found()).toEqual(GOOD);
    expect(await writeHead(batch.pool)).toMatchObject({ number: 2 });
    expect(await found()).toEqual(GOOD);
  });

  it('writes one head a day, by one process of many, each over what the one before did not cover', async () => {
    expect(await writeHead(batch.pool)).toBeUndefined();
    await tamper('delete from batch.log_head');
    const written = await Promise.all(Array.from({ length: 5 }, () => writeHead(batch.pool)));
    const [first, ...others] = written.filter((head) => head !== undefined);
    expect(others).toEqual([]);
    const [all] = await batch.rows<{ links: number; events: number }>('select count(*)::int as links, (select count(*)::int from batch.event) as events from batch.event_link'); // prettier-ignore
    expect(first).toMatchObject({ number: 1, links: all?.links, events: all?.events });
    expect(await lastHead(batch.pool)).toEqual(first);
    expect(await found()).toEqual(GOOD);
  });

  it('does not cover what is still being appended, and covers it the next time', async () => {
    await tamper('delete from batch.log_head');
    const client = await batch.pool.connect();
    await client.query(BEGIN_HELD);
    await client.query(append('schedule-slow'));
    await batch.rows(append('schedule-quick'));
    await writeHead(batch.pool);
    await client.query('commit');
    client.release();
    expect(await found()).toEqual(GOOD);
    await settled(batch);
    const [hidden] = await batch.rows<{ n: number }>(`select count(*)::int as n from batch.event_link where xid >= (select through from batch.log_head)`); // prettier-ignore
    expect(hidden?.n).toBeGreaterThanOrEqual(2);
    await tamper(`update batch.log_head set day = day - 1, hash = sha256('another day')`);
    expect((await writeHead(batch.pool))?.links).toBe(hidden?.n);
    expect((await found()).heads).toMatch(/^head 1: [^;]*$/);
  });
});
