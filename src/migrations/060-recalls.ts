import { Migration } from '@mikro-orm/migrations';

/** The view of recalls, folded from the streams `recall-<id>`, and the recall of a run. */
export class RecallsMigration extends Migration {
  override name = '060-recalls';

  override up(): void {
    for (const statement of [RECALLS, RUNS]) this.addSql(statement);
  }
}

// What is recalled now is what was not lifted. `listed` holds what was counted and the runs that were asked for.
const RECALLS = `
create table batch.recall_view (
  recall_id uuid primary key,
  version int not null,
  cause jsonb not null,
  allergen boolean not null,
  since_date date not null,
  reason text,
  actor text not null,
  requested_at timestamptz not null,
  listed jsonb,
  lifted_at timestamptz,
  lifted_by text,
  lift_reason text
);
create index recall_view_newest on batch.recall_view (requested_at desc, recall_id desc)`;

const RUNS = `
alter table batch.run_view add column recall_id uuid;
create index run_view_recall on batch.run_view (recall_id) where recall_id is not null`;
