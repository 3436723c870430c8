import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { governPool } from '../../src/database/governed-pool.js';
import { openPool } from '../../src/database/pool.js';
import { Lines, type StatementOwner, statementOwner } from '../../src/database/statement-owner.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const SLEEPING = `select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'`;
const MAX_CONNECTIONS = 3;

/** An operation that the test ends. */
class Ended implements StatementOwner {
  readonly caller = 'kim';
  readonly lines = new Lines();
  readonly waits = false;
  private readonly listeners = new Set<() => void>();

  admit(): Promise<() => void> {
    return Promise.resolve(() => undefined);
  }

  onStopped(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  whenAllWent(listener: () => void): void {
    listener();
  }

  stop(): void {
    for (const listener of this.listeners) listener();
  }
}

describe('a pool that is full of statements whose time is over', () => {
  let database: TestDatabase;
  let pool: Pool;
  let cancels: Pool;
  let watcher: Pool;
  const open = (max: number): Pool => openPool({ url: database.url, max, name: 'test', onError: () => undefined });
  const sleep = (owner: StatementOwner | undefined): Promise<unknown> =>
    statementOwner.run(owner, () => pool.query('select pg_sleep(3600)').catch((error: { code: string }) => error.code));
  const sleeping = async (): Promise<number> => (await watcher.query(SLEEPING)).rows.length;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    [cancels, watcher] = [open(1), open(1)];
    pool = governPool(open(MAX_CONNECTIONS), cancels);
  });
  afterAll(async () => {
    await Promise.all([pool, cancels, watcher].map((each) => each.end()));
    await database.drop();
  });

  it.each([
    ['by one who asked for all of them', 1],
    ['by several, each with one', MAX_CONNECTIONS],
  ])('is free at once, held %s, though others wait for a connection', async (_, callers) => {
    const owners = Array.from({ length: callers }, () => new Ended());
    const asked = Array.from({ length: MAX_CONNECTIONS }, (_each, at) => sleep(owners[at % callers]));
    await until(async () => (await sleeping()) === MAX_CONNECTIONS);
    const others = Array.from({ length: 20 }, () => pool.query('select 1'));
    for (const owner of owners) owner.stop();
    expect(await Promise.all(asked)).toEqual(asked.map(() => '57014'));
    await Promise.all(others);
    expect(await sleeping()).toBe(0);
  });

  it('is freed of the statements of who is over alone', async () => {
    const [over, goesOn] = [new Ended(), new Ended()];
    const [cut, others] = [sleep(over), [sleep(goesOn), sleep(goesOn)]];
    await until(async () => (await sleeping()) === MAX_CONNECTIONS);
    over.stop();
    expect(await cut).toBe('57014');
    expect(await sleeping()).toBe(MAX_CONNECTIONS - 1);
    goesOn.stop();
    expect(await Promise.all(others)).toEqual(['57014', '57014']);
  });
});
