import { sql } from 'kysely';
import type { EntityManager } from '@mikro-orm/postgresql';

/** What a run waits for at its model's provider. */
export interface AwaitedBatches {
  readonly runId: string;
  readonly batches: number;
  /** Users in them. */
  readonly requests: number;
  /** When the last of them is not waited for any more. */
  readonly until: Date;
}

/** Reads of batches at a provider. */
export class BatchQueries {
  constructor(private readonly em: EntityManager) {}

  /** Of several runs in one statement; a run that waits for none is absent. */
  async awaited(runIds: readonly string[]): Promise<AwaitedBatches[]> {
    const { rows } = await sql<AwaitedBatches>`
      select run_id as "runId", count(*)::int as batches, sum(requests)::int as requests, max(wait_until) as until
      from batch.model_batch where run_id = any(${runIds}::uuid[]) and state in ('PREPARED', 'SENT') and ended is null group by run_id`.execute(
      this.em.getKysely(),
    );
    return rows.map((row) => ({ ...row, until: new Date(row.until) }));
  }
}
