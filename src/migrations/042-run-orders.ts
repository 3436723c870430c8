import { Migration } from '@mikro-orm/migrations';

/** Who paused and who cancelled a run, when and why, as its events tell it. */
export class RunOrdersMigration extends Migration {
  override name = '042-run-orders';

  override up(): void {
    this.addSql(
      'alter table batch.run_view add column paused_by text, add column paused_at timestamptz, add column cancel_reason text, add column cancelled_by text',
    );
    // The runs' own events, a dozen a run, through the key of the log. Milliseconds, as the live views have them.
    this.addSql(`update batch.run_view v set paused_by = e.actor, paused_at = date_trunc('milliseconds', e.recorded_at)
      from batch.event e where e.run_month = v.run_month and e.stream = 'run-' || v.run_id and e.type = 'RunPaused' and not exists (
        select from batch.event later where later.run_month = e.run_month and later.stream = e.stream and later.version > e.version
          and later.type in ('RunPaused', 'RunResumed'))`);
    this.addSql(`update batch.run_view v set cancel_reason = e.data->>'reason', cancelled_by = e.actor
      from batch.event e where e.run_month = v.run_month and e.stream = 'run-' || v.run_id and e.type = 'RunCancelRequested' and not exists (
        select from batch.event later where later.run_month = e.run_month and later.stream = e.stream and later.version > e.version
          and later.type = 'RunCancelRequested')`);
  }
}
