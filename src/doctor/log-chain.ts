import type { PoolClient } from 'pg';
import { faultLine } from '../eventlog/chain-check.js';
import { monthChain } from '../lifecycle/archive/month-chain.js';
import { isLetGo } from '../store/let-go-months.js';

// Of what was let go the archive has the events: `archive verify`.
const MONTHS = `select month::text from (
    select to_date(substr(c.relname, 7), 'YYYY_MM') as month from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'batch.event_log'::regclass
    union select distinct run_month from batch.event_link) months where not ${isLetGo('month')} order by 1`;

/** Where events of the log do not fit the chain that was made of them when they were appended. To be called within one snapshot. */
export async function chainFaults(client: PoolClient): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { month } of (await client.query<{ month: string }>(MONTHS)).rows) {
    for (const fault of await monthChain(client, month)) found.push(`month ${month.slice(0, 7)}, ${faultLine(fault)}`);
  }
  return found;
}
