import { Migration } from '@mikro-orm/migrations';

/** What it takes to pause, retry and extend runs, to write a chunk in several parts, and to split one that kills its workers. */
export class RunControlMigration extends Migration {
  override name = '007-run-control';

  override up(): void {
    for (const statement of [RUNS, CHUNKS]) this.addSql(statement);
  }
}

const RUNS = `
alter table batch.run_view add column retry jsonb, add column backfill_id uuid, add column paused_cause text, add column resumed_at timestamptz;
create index run_view_parent on batch.run_view (parent_run_id) where parent_run_id is not null;
create index run_view_backfill on batch.run_view (backfill_id) where backfill_id is not null`;

// `user_ids` are the users without an outcome, and shrink with every part that is written; `version` is that of the chunk's stream.
// `takeovers` counts owners that vanished since the last part was written; a chunk born of a split is `suspect` from the first one on.
const CHUNKS = `
alter table batch.chunk_work add column version int not null default 0, add column suspect boolean not null default false`;
