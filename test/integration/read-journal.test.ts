import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openPool } from '../../src/database/pool.js';
import type { PersonRead, ReadGap } from '../../src/reads/person-read.js';
import { ReadDesk } from '../../src/reads/read-desk.js';
import { type JournalLimits, ReadJournal } from '../../src/reads/read-journal.js';
import { insertReads, type ReadBatch } from '../../src/reads/read-rows.js';
import { letGoOfReads } from '../../src/reads/read-retention.js';
import { judgeReads } from '../../src/doctor/reads.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

let database: TestDatabase;
let pool: ReturnType<typeof openPool>;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = openPool({ url: database.url, max: 4, name: 'test', onError: () => undefined });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** A journal before a database that a test switches off and on. */
function journalOf(limits: Partial<JournalLimits> = {}) {
  const ground = {
    away: false,
    batches: [] as ReadBatch[],
    failed: jest.fn(),
    recovered: jest.fn(),
    lost: jest.fn<(reads: number) => void>(),
  };
  const journal = new ReadJournal({
    write: async (batch) => {
      if (ground.away) throw new Error('the database is away');
      await insertReads(pool, batch);
      ground.batches.push(batch);
    },
    onFailure: ground.failed,
    onRecovery: ground.recovered,
    onLost: ground.lost,
    limits,
  });
  return { journal, ground };
}

const seen = (...userIds: number[]) => [{ what: 'Outcome', fields: ['outcome'], userIds }];
const count = async (caller: string): Promise<number> => {
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from batch.person_read where caller = $1', [caller]);
  return rows[0]?.n ?? 0;
};

describe('a journal of reads', () => {
  it('records a hundred persons of one answer in one statement, each once', async () => {
    const { journal, ground } = journalOf();
    const everybody = Array.from({ length: 100 }, (_, at) => at + 1);
    journal.note('token:page', 'GRAPHQL', seen(...everybody));
    journal.note('token:page', 'GRAPHQL', seen(1, 2, 3));
    await journal.close(5_000);
    expect(ground.batches).toHaveLength(1);
    const { rows } = await new ReadDesk(pool).list({ caller: 'token:page' }, { first: 10 });
    // Two looks within a second are one, unless the second turned between them.
    expect(rows.length).toBeLessThanOrEqual(2);
    expect(rows.at(-1)).toMatchObject({ users: 100, userIds: everybody, certain: true, runId: null });
  });

  it('keeps what waits while the database is away, and records all of it once it is back', async () => {
    const { journal, ground } = journalOf();
    ground.away = true;
    for (let at = 0; at < 50; at += 1) journal.note(`token:patient-${at}`, 'GRAPHQL', seen(at));
    await until(() => Promise.resolve(journal.state.failing));
    expect(journal.state).toMatchObject({ waiting: 50, recorded: 0, lost: 0 });
    expect(ground.failed).toHaveBeenCalledTimes(1);
    ground.away = false;
    await until(() => Promise.resolve(journal.state.waiting === 0));
    expect(ground.recovered).toHaveBeenCalledTimes(1);
    expect(journal.state).toMatchObject({ recorded: 50, lost: 0, failing: false });
    expect(await Promise.all([count('token:patient-0'), count('token:patient-49')])).toEqual([1, 1]);
    await journal.close(1_000);
  });

  it('records a batch once, of which the answer was lost', async () => {
    const sent: ReadBatch[] = [];
    const journal = new ReadJournal({
      write: async (batch) => {
        sent.push(batch);
        await insertReads(pool, batch);
        if (sent.length === 1) throw new Error('the answer was lost');
      },
      onFailure: () => undefined,
      onRecovery: () => undefined,
      onLost: () => undefined,
    });
    journal.note('token:twice', 'GRAPHQL', seen(7));
    await until(() => Promise.resolve(sent.length === 2 && journal.state.waiting === 0));
    expect(await count('token:twice')).toBe(1);
    await journal.close(1_000);
  });

  it('counts what finds no room, by reads and by persons, and tells of it in the database as soon as it can', async () => {
    const { journal, ground } = journalOf({ reads: 3, users: 100 });
    ground.away = true;
    for (let at = 0; at < 5; at += 1) journal.note(`token:room-${at}`, 'GRAPHQL', seen(1));
    expect(journal.state).toMatchObject({ waiting: 3, lost: 2 });
    journal.note('token:room-0', 'GRAPHQL', seen(...Array.from({ length: 200 }, (_, at) => at + 2)));
    expect(journal.state.lost).toBe(3);
    expect(ground.lost).toHaveBeenCalledTimes(1);
    await until(() => Promise.resolve(journal.state.failing));
    ground.away = false;
    await journal.close(5_000);
    const [gap] = await new ReadDesk(pool).gaps({});
    expect(gap).toMatchObject({ reads: 3 });
    expect(await judgeReads(pool)).toMatchObject({
      status: 'warning',
      found: expect.stringContaining("3 reads of patients' data") as unknown,
    });
    await pool.query('delete from batch.person_read_gap');
    expect(await judgeReads(pool)).toMatchObject({ status: 'ok' });
  });

  it('says at its end how many found no room, too, where that could not be recorded', async () => {
    const { journal, ground } = journalOf({ reads: 1 });
    ground.away = true;
    for (const caller of ['token:kept', 'token:lost', 'token:lost-too']) journal.note(caller, 'GRAPHQL', seen(1));
    await journal.close(50);
    expect(ground.lost.mock.calls).toEqual([[1], [3]]);
  });

  it('records a gap that came while the last reads were on their way, without waiting for another read', async () => {
    const { promise: sent, resolve: answer } = Promise.withResolvers<void>();
    const batches: ReadBatch[] = [];
    const journal = new ReadJournal({
      write: async (batch) => {
        batches.push(batch);
        if (batches.length === 1) await sent;
      },
      onFailure: () => undefined,
      onRecovery: () => undefined,
      onLost: () => undefined,
      limits: { reads: 1 },
    });
    journal.note('token:first', 'GRAPHQL', seen(1));
    await until(() => Promise.resolve(batches.length === 1));
    journal.note('token:no room', 'GRAPHQL', seen(1));
    answer();
    await until(() => Promise.resolve(batches.some(({ gap }) => gap?.reads === 1)));
    await journal.close(1_000);
  });

  it('says at its end what could not be recorded, and does not wait for ever', async () => {
    const { journal, ground } = journalOf();
    ground.away = true;
    journal.note('token:end', 'GRAPHQL', seen(1));
    await journal.close(50);
    expect(ground.lost).toHaveBeenCalledWith(1);
  });

  it('takes a name that PostgreSQL would not', async () => {
    const { journal, ground } = journalOf();
    journal.note('token:half \ud800 nul \u0000', 'GRAPHQL', seen(1));
    await journal.close(5_000);
    expect(ground.failed).not.toHaveBeenCalled();
  });
});

const read = (id: string, over: Partial<PersonRead> = {}): PersonRead => ({
  id, at: new Date(), caller: 'token:asked', via: 'GRAPHQL', what: 'Outcome', fields: [], userIds: [], run: null, ...over,
}); // prettier-ignore

describe('who read me', () => {
  it('is answered with exports of runs that the person was in, and with those that the log has let go, said as such', async () => {
    const [mine, others, gone] = [
      '018f0000-0000-7000-8000-00000000000a',
      '018f0000-0000-7000-8000-00000000000b',
      '018f0000-0000-7000-8000-00000000000c',
    ];
    const month = `${new Date().toISOString().slice(0, 7)}-01`;
    const append = `select * from batch.append($1, 0, $2::date, $3::uuid, 'test', $3::uuid, null, array['UserSkipped'], array[$4::int], array['{"reasons":["NO_PROFILE"]}'::jsonb])`;
    await pool.query(append, [`run-${mine}/chunk-0`, month, mine, 93]);
    await pool.query(append, [`run-${others}/chunk-0`, month, others, 94]);
    const exports = [mine, others, gone].map((runId, at) =>
      read(`018f0000-0000-7000-8000-0000000001${at}0`, { via: 'EXPORT', what: 'outcomes.csv', run: { runId, month, users: 9 } }),
    );
    await insertReads(pool, { reads: [...exports, read('018f0000-0000-7000-8000-000000000200', { userIds: [93, 94] })] });
    const { rows } = await new ReadDesk(pool).list({ userId: 93, caller: 'token:asked' }, { first: 10 });
    expect(rows.map(({ runId, certain, users }) => [runId, certain, users])).toEqual([[null, true, 2], [gone, false, 9], [mine, true, 9]]); // prettier-ignore
    const second = await new ReadDesk(pool).list({ userId: 93, caller: 'token:asked' }, { first: 1, after: [rows[0]?.id ?? ''] });
    expect(second).toMatchObject({ rows: [{ runId: gone }], hasNext: true });
  });
});

describe('retention of reads', () => {
  it('lets go what is older, with its persons and gaps, and leaves the rest; two at once do it once', async () => {
    await pool.query('delete from batch.person_read');
    const old = Array.from({ length: 1_200 }, (_, at): PersonRead => ({
      id: `018f0000-0000-7000-8000-${String(at).padStart(12, '0')}`, at: new Date(Date.now() - 40 * 86_400_000), caller: 'token:old', via: 'GRAPHQL', what: 'Outcome', fields: [], userIds: [at, at + 1], run: null,
    })); // prettier-ignore
    const young: PersonRead = {
      ...(old[0] as PersonRead),
      id: '018f0000-0000-7000-8000-ffffffffffff',
      at: new Date(Date.now() - 20 * 86_400_000),
    };
    const gap: ReadGap = { id: '018f0000-0000-7000-8000-eeeeeeeeeeee', since: new Date(0), until: new Date(0), reads: 1 };
    await insertReads(pool, { reads: [...old, young], gap });
    const gone = await Promise.all([letGoOfReads(pool, 30), letGoOfReads(pool, 30)]);
    // The one who came second may have found the lock free for what the first had left.
    expect(gone.reduce((sum, each) => sum + each, 0) + (await letGoOfReads(pool, 30))).toBe(1_200);
    const { rows } = await pool.query<{
      reads: number;
      users: number;
      gaps: number;
    }>(`select (select count(*)::int from batch.person_read) as reads,
      (select count(*)::int from batch.person_read_user) as users, (select count(*)::int from batch.person_read_gap) as gaps`);
    expect(rows).toEqual([{ reads: 1, users: 2, gaps: 0 }]);
  });
});
