import { Migration } from '@mikro-orm/migrations';

/** For followers of all runs: an index of the runs' own events, a dozen a run, so that following these does not pass by everybody's outcomes. */
export class RunChangesMigration extends Migration {
  override name = '013-run-changes';

  override up(): void {
    // An outcome is told by its user alone: the rest of the condition costs the writing of outcomes nothing.
    this.addSql(`create index event_run_change on batch.event (xid, position)
      where user_id is null and run_id is not null and stream not like '%/%'`);
  }
}
