import { Migration } from '@mikro-orm/migrations';

/** Signatures of points, wordings, dishes and ingredients. */
export class SignaturesMigration extends Migration {
  override name = '065-signatures';

  override up(): void {
    this.addSql(SIGNATURES);
  }
}

// A row is known by one word. What was signed is a hash of what was shown: a row that changes is not signed any more, and nothing has to notice. Reasons are where operators' texts are.
const SIGNATURES = `
create table batch.signature_view (
  id text primary key,
  version int not null,
  hash text not null,
  signed_by text not null,
  signed_at timestamptz not null,
  withdrawn_by text,
  withdrawn_at timestamptz
)`;
