import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { RecordedEvent } from '../../src/application/ports.js';
import { openPool } from '../../src/database/pool.js';
import { ORIGIN, compareCursors, readCursor } from '../../src/eventlog/cursor.js';
import { PostgresLog } from '../../src/eventlog/postgres-log.js';
import { migrate } from '../../src/migrations/migrate.js';
import { compareViews, rebuildViews } from '../../src/projections/rebuild/rebuild-views.js';
import { runToEnd } from '../support/batch-client.js';
import { findPostgresPrograms, startOwnCluster, type OwnCluster } from '../support/own-cluster.js';
import { fillWithPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { followEvents, type SeenEvent } from '../support/run-events-client.js';
import { startTestService } from '../support/test-service.js';

const programs = findPostgresPrograms();
if ('missing' in programs) console.log(`dump and restore not measured: ${programs.missing}`);

/** Transactions of others before the log begins in a cluster: its events get ids that another cluster is far from. */
const MANY = 'do $$ begin for n in 1..20000 loop perform pg_current_xact_id(); commit; end loop; end $$';

('missing' in programs ? describe.skip : describe)('a log that was dumped and restored into a new cluster', () => {
  const resources = new Resources();
  const scratch = mkdtempSync(join(tmpdir(), 'ibsafe-batch-dump-'));
  let old: { url: string; events: RecordedEvent[]; runId: string; seen: SeenEvent[] };
  let dump = '';
  const cluster = async (): Promise<OwnCluster> => resources.use(await startOwnCluster('bin' in programs ? programs.bin : ''));
  const restored = async (from = dump): Promise<{ url: string; to: OwnCluster }> => {
    const to = await cluster();
    const url = to.createDatabase('ibsafe');
    to.run('pg_restore', '--no-owner', '-d', url, from);
    return { url, to };
  };

  beforeAll(async () => {
    const source = await cluster();
    const url = source.createDatabase('ibsafe');
    await migrate(url, { ibsafeTables: true });
    await execute(url, MANY);
    const database = resources.use(await fillWithPatients({ url, drop: () => Promise.resolve() }, 60));
    const service = await startTestService(database);
    const { runId } = await runToEnd(service.url, { chunkSize: 10 });
    const seen: SeenEvent[] = [];
    for await (const event of followEvents(service.url, runId)) seen.push(event);
    await service[Symbol.asyncDispose]();
    dump = join(scratch, 'first.dump');
    source.run('pg_dump', '-Fc', '-f', dump, url);
    old = { url, events: await everything(url), runId, seen };
  });
  afterAll(async () => {
    await resources.end();
    rmSync(scratch, { recursive: true });
  });

  it('is read whole and in its order before anybody has written there', async () => {
    const { url } = await restored();
    expect(old.events.length).toBeGreaterThan(60);
    expect(await everything(url)).toEqual(old.events);
    expect(await eras(url)).toEqual([{ era: 0, settled: null }]);
  });

  it('goes on in it: followers end, clients come back with their cursors, new events come after the old ones', async () => {
    const { url } = await restored();
    const service = resources.use(await startTestService({ url }));
    expect(service.logged.filter((line) => line.includes('another PostgreSQL cluster'))).toHaveLength(1);
    const middle = old.seen[1] as SeenEvent;
    const rest: SeenEvent[] = [];
    for await (const event of followEvents(service.url, old.runId, { after: middle.cursor })) rest.push(event);
    expect(rest).toEqual(old.seen.slice(2));

    const { runId } = await runToEnd(service.url, { chunkSize: 10, onExisting: 'REGENERATE' });
    const events = await everything(url);
    expect(events.slice(0, old.events.length)).toEqual(old.events);
    expect(events.slice(old.events.length).some((event) => event.runId === runId)).toBe(true);
    const own: SeenEvent[] = [];
    for await (const event of followEvents(service.url, runId)) own.push(event);
    const last = readCursor(old.seen.at(-1)?.cursor ?? '') ?? ORIGIN;
    expect(own.every(({ cursor }) => compareCursors(readCursor(cursor) ?? ORIGIN, last) > 0)).toBe(true);
    expect(await eras(url)).toEqual([
      { era: 0, settled: null },
      { era: 1, settled: old.events.at(-1)?.cursor.position },
    ]);
    expect(await service.core.lag.look()).toMatchObject({ hiddenMs: 0, alarm: false });
  });

  it('has a client that saw more than was dumped miss nothing of what is written there', async () => {
    // As after a restore of last night's dump: the client has been further than the log that it finds.
    const { url } = await restored();
    const pool = openPool({ url, max: 2, name: 'test', onError: () => undefined });
    const last = old.events.at(-1)?.cursor ?? ORIGIN;
    const beyond = { xid: String(BigInt(last.xid) + 1_000n), position: String(BigInt(last.position) + 1_000n) };
    await pool.query(
      `select batch.append('test', 0, date '2026-03-01', null, 'test', gen_random_uuid(), null, '{Later}', '{null}', array['{}'::jsonb])`,
    );
    await expect(new PostgresLog(pool).readAfter(beyond, 10)).resolves.toMatchObject({ atEnd: true, events: [] });
    const { rows } = await pool.query('select type from batch.event where (xid, position) > ($1::xid8, $2::bigint)', [
      beyond.xid,
      beyond.position,
    ]);
    expect(rows).toEqual([{ type: 'Later' }]);
    await pool.end();
  });

  it('holds through a second move, a rebuild and a comparison of the views', async () => {
    const { url, to } = await restored();
    const service = await startTestService({ url });
    await runToEnd(service.url, { chunkSize: 10, onExisting: 'REGENERATE' });
    await service[Symbol.asyncDispose]();
    const second = join(scratch, 'second.dump');
    to.run('pg_dump', '-Fc', '-f', second, url);
    const moved = await restored(second);
    const again = resources.use(await startTestService({ url: moved.url }));
    await runToEnd(again.url, { chunkSize: 10, onExisting: 'REGENERATE' });
    const [before, after] = [await everything(url), await everything(moved.url)];
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.length).toBeGreaterThan(before.length);
    const pool = openPool({ url: moved.url, max: 2, name: 'test', onError: () => undefined });
    expect((await compareViews(pool)).differences).toEqual([]);
    expect((await rebuildViews(pool, { verify: true })).differences).toEqual([]);
    await pool.end();
    expect(await eras(moved.url)).toMatchObject([{ era: 0 }, { era: 1 }, { era: 2 }]);
  });

  it('stays in its era in another database of the same cluster', async () => {
    const source = await cluster();
    const url = source.createDatabase('first');
    await migrate(url, { ibsafeTables: true });
    await execute(url, MANY);
    const file = join(scratch, 'same.dump');
    source.run('pg_dump', '-Fc', '-f', file, url);
    const copy = source.createDatabase('copy');
    source.run('pg_restore', '--no-owner', '-d', copy, file);
    await execute(copy, 'select batch.enter_era()');
    expect(await eras(copy)).toEqual([{ era: 0, settled: null }]);
  });
});

/** All events that readers see, in their order. */
async function everything(url: string): Promise<RecordedEvent[]> {
  const pool = openPool({ url, max: 1, name: 'test', onError: () => undefined });
  const log = new PostgresLog(pool);
  const events: RecordedEvent[] = [];
  for (let from = ORIGIN, atEnd = false; !atEnd;) {
    const page = await log.readAfter(from, 50);
    events.push(...page.events);
    ({ cursor: from, atEnd } = page);
  }
  await pool.end();
  return events;
}

async function eras(url: string): Promise<unknown[]> {
  return execute(url, 'select era, settled_position::text as settled from batch.log_era order by era');
}

async function execute(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}
