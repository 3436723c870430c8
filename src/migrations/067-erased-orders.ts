import { Migration } from '@mikro-orm/migrations';

/** Erasures of before left what was asked for under a key: the users and words of an order. */
export class ErasedOrdersMigration extends Migration {
  override name = '067-erased-orders';

  override up(): void {
    this.addSql(ORDERS);
  }
}

// An order gave each of its users a subject, and each of its words a row: where one is not there, it was erased.
const ORDERS = `
update batch.idempotency_key k set fingerprint = '"(erased)"'
where exists (select from jsonb_path_query(k.fingerprint::jsonb, '$.**.userIds[*]') u (id) where not exists (select from batch.subject s where to_jsonb(s.user_id) = u.id))
  or exists (select from jsonb_path_query(k.fingerprint::jsonb, '$.**.reason ? (@.type() == "string")') w (word) where not exists (select from batch.operator_text o where o.text = word #>> '{}'))`;
