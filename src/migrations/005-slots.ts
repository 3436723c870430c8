import { Migration } from '@mikro-orm/migrations';

/** The slot ledger: what became of each nominal time of each schedule, once. And the run that waits for an earlier one of its schedule. */
export class SlotsMigration extends Migration {
  override name = '005-slots';

  override up(): void {
    this.addSql(LEDGER);
    this.addSql('alter table batch.run_view add column waits boolean not null default false');
  }
}

// A row stands for one slot, or (`through`) for every slot from one to another that was skipped for the same reason.
const LEDGER = `
create table batch.slot (
  schedule_id uuid not null,
  slot timestamptz not null,
  through timestamptz,
  fired boolean not null,
  reason text,
  count int,
  misfire boolean not null,
  run_id uuid,
  decided_at timestamptz not null default now(),
  primary key (schedule_id, slot),
  check (fired = (run_id is not null)),
  check (fired = (reason is null))
)`;
