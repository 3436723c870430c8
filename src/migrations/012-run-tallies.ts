import { Migration } from '@mikro-orm/migrations';

/** What a run came to, as its end tells: summing a thousand chunks for each look at a run that is over took longer than all the rest. */
export class RunTalliesMigration extends Migration {
  override name = '012-run-tallies';

  override up(): void {
    this.addSql('alter table batch.run_view add column tally jsonb');
    // The ends of runs stand on the runs' own streams: through the key of the log this reads one event a run.
    this.addSql(`update batch.run_view v set tally = (
        select e.data from batch.event e
        where e.run_month = v.run_month and e.stream = 'run-' || v.run_id and e.version = v.version and e.type in ('RunCompleted', 'RunCancelled'))
      where v.ended_at is not null`);
  }
}
