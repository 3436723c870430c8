import { Migration } from '@mikro-orm/migrations';

/** What an order under an idempotency key said, as a hash alone. */
export class SealedKeysMigration extends Migration {
  override name = '071-sealed-keys';

  override up(): void {
    for (const statement of [SECRET, FINGERPRINT, KEYS, ERASURE]) this.addSql(statement);
  }
}

// A list of a few ids can be guessed, and so can a hash of it alone: the secret goes with the next erasure, and no copy of it stands beside the hashes.
const SECRET = `
create table batch.idempotency_secret (
  one boolean primary key default true check (one),
  number int not null default 1,
  secret bytea not null default sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
);
comment on table batch.idempotency_secret is 'What hashes of orders under idempotency keys are made with. Another one after each erasure: nothing can be compared with the hashes of before.';
insert into batch.idempotency_secret default values`;

const FINGERPRINT = `
create function batch.order_fingerprint(in_order text) returns text language sql stable as $$
  select number || ':' || encode(sha256(secret || sha256(secret || convert_to(in_order, 'UTF8'))), 'hex') from batch.idempotency_secret
$$;
comment on function batch.order_fingerprint(text) is 'The number of the secret, and the hash of an order that was made with it.';
create function batch.is_order(in_fingerprint text, in_order text) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select split_part(in_fingerprint, ':', 1) <> number::text or in_fingerprint = batch.order_fingerprint(in_order) from batch.idempotency_secret
$$;
comment on function batch.is_order(text, text) is 'Whether a hash is that of an order. True where its secret is gone: nothing says otherwise.'`;

// In the database, because a process of an earlier release writes the order itself. The trigger waits for those who write now, and everybody else for the trigger: no order is left in clear text. With the owner's rights, as whether a hash is that of an order: no role of the service reads the secret.
const KEYS = `
create function batch.seal_order() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  new.fingerprint := batch.order_fingerprint(new.fingerprint);
  return new;
end $$;
create trigger idempotency_key_order before insert on batch.idempotency_key for each row execute function batch.seal_order();
update batch.idempotency_key set fingerprint = batch.order_fingerprint(fingerprint);
create index idempotency_key_age on batch.idempotency_key (created_at)`;

// A key that names the person goes as well. A repeated request makes a second run then, which finds the advice of the first.
const ERASURE = `
create function batch.forget_orders() returns trigger language plpgsql as $$
begin
  update batch.idempotency_secret set number = number + 1, secret = sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
  delete from batch.idempotency_key k using gone g where k.key ~ ('(^|[^0-9A-Za-z])' || g.user_id || '([^0-9A-Za-z]|$)');
  return null;
end $$;
create trigger subject_orders after delete on batch.subject referencing old table as gone for each statement execute function batch.forget_orders()`;
