import { Migration } from '@mikro-orm/migrations';

/** What all processes that ask a language model share: when an endpoint is free again, and what each run has spent; and where the log tells of tokens. */
export class LlmRatesMigration extends Migration {
  override name = '010-llm-rates';

  override up(): void {
    // A row for each endpoint; every call updates it, so it stays in the page it is in.
    this.addSql('create table batch.llm_rate (endpoint text primary key, free_at timestamptz not null) with (fillfactor = 10)');
    this.addSql(
      'create table batch.llm_spending (run_id uuid primary key, micros bigint not null check (micros >= 0)) with (fillfactor = 10)',
    );
    // Only outcomes of a model are in it: sums of a run or a month need not pass by everybody whom the rules advised.
    this.addSql("create index event_usage on batch.event (run_month, run_id) where data ? 'tokensIn'");
  }
}
