import { Migration } from '@mikro-orm/migrations';

/**
 * Batches that a run has at a model's provider, and chunks that wait for them: how a run asks, until when no lane looks at a chunk, and what is known of each batch. `lines` says which random id
 * stands for whom, and is emptied when the batch is done with.
 */
export class ModelBatchesMigration extends Migration {
  override name = '059-model-batches';

  override up(): void {
    this.addSql('alter table batch.run_view add column mode text');
    this.addSql('alter table batch.chunk_work add column waits_until timestamptz');
    this.addSql(`create table batch.model_batch (
      key uuid primary key,
      run_id uuid not null,
      chunks int[] not null,
      state text not null default 'PREPARED' check (state in ('PREPARED', 'SENT', 'CLOSING', 'CLOSED')),
      ended text,
      provider_id text,
      requests int not null,
      lines jsonb,
      reserved_micros bigint not null check (reserved_micros >= 0),
      spent_micros bigint check (spent_micros >= 0),
      searches int not null default 0,
      made_at timestamptz not null default clock_timestamp(),
      sent_at timestamptz,
      cancel_asked_at timestamptz,
      ended_at timestamptz,
      wait_until timestamptz not null,
      due_at timestamptz
    )`);
    this.addSql('create index model_batch_of_run on batch.model_batch (run_id)');
    this.addSql("create index model_batch_due on batch.model_batch (due_at) where state = 'CLOSING'");
  }
}
