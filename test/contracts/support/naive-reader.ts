import type { Pool } from 'pg';

/** Ways to read a log that look right: the mutants that a test of gap-safety must catch. */
export type Naivety = 'by position' | 'by position, below the oldest transaction';

const CONDITION: Readonly<Record<Naivety, string>> = {
  'by position': 'true',
  'by position, below the oldest transaction': 'xid < pg_snapshot_xmin(pg_current_snapshot())',
};

/** Reads on after the highest position it saw. */
export class NaiveReader {
  readonly users: number[] = [];
  private position = '0';

  constructor(
    private readonly pool: Pool,
    private readonly naivety: Naivety,
  ) {}

  async look(): Promise<void> {
    const text = `select position::text, user_id from batch.event where position > $1 and ${CONDITION[this.naivety]} order by event.position`;
    const { rows } = await this.pool.query<{ position: string; user_id: number }>(text, [this.position]);
    for (const { position, user_id: user } of rows) {
      this.users.push(user);
      this.position = position;
    }
  }
}
