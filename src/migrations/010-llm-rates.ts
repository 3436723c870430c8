import { Migration } from '@mikro-orm/migrations';

/** What all processes that ask a language model share: when an endpoint is free again, and what each run has spent. */
export class LlmRatesMigration extends Migration {
  override name = '010-llm-rates';

  override up(): void {
    // A row for each endpoint; every call updates it, so it stays in the page it is in.
    this.addSql('create table batch.llm_rate (endpoint text primary key, free_at timestamptz not null) with (fillfactor = 10)');
    this.addSql(
      'create table batch.llm_spending (run_id uuid primary key, micros bigint not null check (micros >= 0)) with (fillfactor = 10)',
    );
  }
}
