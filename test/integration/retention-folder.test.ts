import { mkdir, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { planRun } from '../../src/application/run/plan-run.js';
import { retryRun } from '../../src/application/run/retry-run.js';
import { archiveName } from '../../src/lifecycle/archive/archive-format.js';
import { folderFault } from '../../src/lifecycle/archive/folder-fault.js';
import { letMonthGo, type Ground, type Step } from '../../src/lifecycle/retention/let-month-go.js';
import { whyHeld } from '../../src/lifecycle/retention/refusal-words.js';
import { createYears, type Years } from '../support/years.js';

const MONTHS = 4;
let years: Years;
let month: string;
beforeEach(async () => {
  years = await createYears(MONTHS);
  await years.settle();
  [month = ''] = await years.months();
});
afterEach(async () => years[Symbol.asyncDispose]());

const events = async (): Promise<number> => (await years.rows('select from batch.event_log where run_month = $1::date', [month])).length;
const told = async (): Promise<number> => (await years.rows(`select from batch.event where type = 'MonthLetGo'`)).length;
const path = (): string => join(years.archiveDir, archiveName(month));

/** Lets the month go, with something done to its folder at a step. */
const withFault = (step: Step, fault: () => void): Ground => ({ ...years.ground, onStep: (_, reached) => void (reached === step && fault()) }); // prettier-ignore

describe('A month whose archive', () => {
  it.each<[string, Step, () => void, string]>([
    ['goes with its folder while it is made', 'WRITTEN', () => rmSync(years.archiveDir, { recursive: true }), 'ARCHIVE_UNWRITABLE'],
    ['is cut while it is made', 'WRITTEN', () => truncateSync(`${path()}.part`, 100), 'ARCHIVE_UNWRITABLE'],
    ['goes with its folder before it has a name', 'VERIFIED', () => rmSync(years.archiveDir, { recursive: true }), 'ARCHIVE_UNWRITABLE'],
    ['goes before the month does', 'NAMED', () => rmSync(path()), 'ARCHIVE_GONE'],
    ['is cut before the month goes', 'NAMED', () => truncateSync(path(), 100), 'ARCHIVE_GONE'],
    ['goes in the last moment', 'DROPPED', () => rmSync(path()), 'ARCHIVE_GONE'],
  ])('%s stays in the log, in full, with a sentence, and goes at the next try', async (_, step, fault, code) => {
    const before = await events();
    const done = await letMonthGo(withFault(step, fault), month);
    expect(done).toMatchObject({ held: { code } });
    expect('held' in done && whyHeld(month, done.held).text).toMatch(/^\d{4}-\d\d stays: .*RETENTION_ARCHIVE_DIR.* retention run$/);
    expect([await events(), await told(), before > 0]).toEqual([before, 0, true]);
    if (code === 'ARCHIVE_GONE') await rm(path(), { force: true }); // a file that is cut is moved away by an operator
    expect(await letMonthGo(years.ground, month)).toMatchObject({ letGo: { month } });
    expect([await events(), await told()]).toEqual([0, 1]);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['a file', async () => (await rm(years.archiveDir, { recursive: true }), writeFile(years.archiveDir, '')), 'ENOTDIR|EEXIST'],
    ['another folder in the place of what is written', () => mkdir(`${path()}.part`), 'EISDIR|ERR_FS_EISDIR|EPERM'],
  ])('finds %s stays in the log, with a sentence', async (_, damage, fault) => {
    await damage();
    const done = await letMonthGo(years.ground, month);
    expect(done).toMatchObject({ held: { code: 'ARCHIVE_UNWRITABLE', fault: expect.stringMatching(fault) } });
    expect(await events()).toBeGreaterThan(0);
  });

  it('was left cut by a machine that lost its power stays, and the file is left to the operator', async () => {
    const none = { ...years.ground, onStep: (_: string, step: Step) => void (step === 'NAMED' && truncateSync(path(), 0)) };
    expect(await letMonthGo(none, month)).toMatchObject({ held: { code: 'ARCHIVE_GONE' } });
    await truncate(path(), 0);
    expect(await letMonthGo(years.ground, month)).toMatchObject({ held: { code: 'ARCHIVE_DIFFERS' } });
    expect(await readdir(years.archiveDir)).toEqual([archiveName(month)]);
  });
});

it('A retry that is planned while the month of its parent goes ends as failed, and never as done for no user', async () => {
  const [parent] = await years.rows<{ id: string }>(
    `select run_id as id from batch.run_view r where run_month = $1::date and retry is null and exists (
       select from batch.event where run_month = r.run_month and run_id = r.run_id and type = 'UserFailed') limit 1`,
    [month],
  );
  const [reads, dropped] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const outcomes: typeof years.deps.outcomes = Object.assign(Object.create(years.deps.outcomes) as typeof years.deps.outcomes, {
    usersOf: async (...asked: Parameters<typeof years.deps.outcomes.usersOf>) => {
      reads.resolve();
      await dropped.promise; // it waits for the lock of the drop
      return years.deps.outcomes.usersOf(...asked);
    },
  });
  const deps = { ...years.deps, outcomes };
  let retry = '';
  let planned: Promise<unknown> = Promise.resolve();
  const pool = onceAllowed(years.pool, async () => {
    const answer = await retryRun(years.deps, parent?.id ?? '', {}, { actor: 'test' });
    if (answer.status !== 'accepted') throw new Error(answer.code);
    retry = answer.run.runId;
    planned = planRun(deps, retry);
    await Promise.race([reads.promise, planned.then(() => Promise.reject(new Error('it was planned without a look at its users')))]);
  });
  expect(await letMonthGo({ ...years.ground, pool }, month)).toMatchObject({ letGo: { month } });
  dropped.resolve();
  await planned;
  const found = await years.rows('select status, roster from batch.run_view where run_id = $1', [retry]);
  expect(found).toEqual([{ status: 'FAILED', roster: null }]);
});

/** A pool whose clients do something when a month was found to be free to go, and nothing is written yet. */
function onceAllowed(pool: pg.Pool, work: () => Promise<void>): pg.Pool {
  return Object.assign(Object.create(pool) as pg.Pool, {
    query: pool.query.bind(pool), // which connects in its own way
    connect: async () => {
      const client = await pool.connect();
      const query = client.query.bind(client) as (...asked: unknown[]) => Promise<unknown>;
      const hooked = async (...asked: unknown[]): Promise<unknown> => {
        if (String(asked[0]).includes('as runs from batch.run_view')) await work();
        return query(...asked);
      };
      return Object.assign(Object.create(client) as pg.PoolClient, {
        query: hooked,
        release: (broken?: boolean) => client.release(broken),
      });
    },
  });
}

describe('What an error is of', () => {
  it('is the folder for one of files, and something else for one of the way to the database', () => {
    expect(folderFault(Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'write' }))).toBe('ENOSPC');
    expect(folderFault(Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'connect' }))).toBeUndefined();
    expect(folderFault(Object.assign(new Error('x'), { code: '53100' }))).toBeUndefined();
  });
});
