import type { PatientsDatabase } from './patients-database.js';
import type { TestService } from './test-service.js';
import { until } from './until.js';

/** A read as the table has it, with its persons. */
export interface KeptRead {
  readonly caller: string;
  readonly via: string;
  readonly what: string;
  readonly fields: readonly string[];
  readonly users: number;
  readonly run_id: string | null;
  readonly user_ids: readonly number[];
}

const KEPT = `select caller, via, what, fields, users, run_id, array(select user_id from batch.person_read_user where read_id = r.id order by user_id) as user_ids
  from batch.person_read r where caller = $1 order by id`;

/** What is recorded of a caller, once nothing of the service waits to be. */
export async function readsOf(
  database: Pick<PatientsDatabase, 'rows'>,
  service: Pick<TestService, 'core'>,
  caller: string,
): Promise<KeptRead[]> {
  await until(() => Promise.resolve(service.core.reads.state.waiting === 0));
  return database.rows<KeptRead>(KEPT, [caller]);
}
