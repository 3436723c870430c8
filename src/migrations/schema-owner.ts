import type { Client } from 'pg';

/** Whose the schema is, as a session sees it. */
export interface SchemaOwner {
  readonly owner: string;
  readonly isMine: boolean;
  /** Whether this session may act as the owner. */
  readonly mayAct: boolean;
}

// Of the log before the schema: an owner of the database may have made the schema for a role that then made all that is in it.
const OWNER = `select r.rolname as owner, r.rolname = current_user as "isMine", pg_has_role(r.oid, 'member') as "mayAct"
  from pg_namespace n left join pg_class c on c.relnamespace = n.oid and c.relname = 'event' join pg_roles r on r.oid = coalesce(c.relowner, n.nspowner)
  where n.nspname = 'batch'`;

/** Who owns schema `batch`, which is there. */
export async function schemaOwner(client: Pick<Client, 'query'>): Promise<SchemaOwner> {
  const { rows } = await client.query<SchemaOwner>(OWNER);
  const [found] = rows;
  if (found === undefined) throw new Error('there is no schema batch');
  return found;
}
