import { Migration } from '@mikro-orm/migrations';

/** Erasures of before left what was asked for under a key: the users and words of an order. */
export class ErasedOrdersMigration extends Migration {
  override name = '067-erased-orders';

  override up(): void {
    for (const statement of [OLD, ORDERS]) this.addSql(statement);
  }
}

// No client asks with these any more.
const OLD = `delete from batch.idempotency_key where created_at < now() - interval '30 days'`;

// An order gave each of its users a subject, and each of its words a row: where one is not there, it was erased. A value and no join: each id is one look into the key of subjects.
const ORDERS = `
update batch.idempotency_key k set fingerprint = '"(erased)"'
where exists (select from jsonb_path_query(k.fingerprint::jsonb, '$.**.userIds[*]') u (id)
    where (select s.user_id from batch.subject s where s.user_id = case when u.id::text ~ '^[0-9]{1,18}$' then u.id::text::bigint end) is null)
  or exists (select from jsonb_path_query(k.fingerprint::jsonb, '$.**.reason ? (@.type() == "string")') w (word) where not exists (select from batch.operator_text o where o.text = word #>> '{}'))`;
