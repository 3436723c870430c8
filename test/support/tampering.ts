import type { TestBatch } from './batch-fixture.js';
import { BEGIN_HELD } from './held-transaction.js';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { until } from './until.js';

const GUARDS = [
  ['event_log', 'event_no_change'],
  ['event_log', 'event_only_append'],
  ['event_link', 'event_link_guard'],
  ['log_head', 'log_head_guard'],
] as const;

/** What is found of the chain and the heads of a log that was not touched. */
export const GOOD = { chain: 'no breach', heads: 'no breach' };

/** Changes the log as a superuser can, with every guard asleep. */
export async function tamper(batch: Pick<TestBatch, 'pool'>, statements: readonly string[]): Promise<void> {
  const client = await batch.pool.connect();
  try {
    await client.query(BEGIN_HELD);
    for (const [table, guard] of GUARDS) await client.query(`alter table batch.${table} disable trigger ${guard}`);
    for (const statement of statements) await client.query(statement);
    for (const [table, guard] of GUARDS) await client.query(`alter table batch.${table} enable always trigger ${guard}`);
    await client.query('commit');
  } finally {
    client.release();
  }
}

/** What the doctor finds of the chain and of the heads. */
export async function foundOf(batch: Pick<TestBatch, 'pool'>): Promise<{ readonly chain: string; readonly heads: string }> {
  const results = await checkInvariants(batch.pool);
  const of = (part: string): string => results.find(({ name }) => name.startsWith(part))?.found ?? 'NOT ASKED';
  return { chain: of('every event is as it was appended'), heads: of('the heads of the days') };
}

/** Waits until nothing can come before what was appended: tests beside this one hold transactions of the same server open. */
export function settled(batch: Pick<TestBatch, 'rows'>): Promise<void> {
  const open = 'select from batch.event_link where xid >= (select batch.log_horizon()) limit 1';
  return until(async () => (await batch.rows(open)).length === 0);
}
