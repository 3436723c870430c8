import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** The tables that a demo fills. */
export const TABLES = [
  'auth_user',
  'ibsafe_userprofile',
  'ibsafe_foodcategory',
  'ibsafe_food',
  'ibsafe_userfoodrecord',
  'ibsafe_userexerciserecord',
  'ibsafe_usersleeprecord',
  'ibsafe_interventionrecord',
];

/** A database of a test's own, with what the tests of the demo ask of it. */
export class DemoDatabase {
  private constructor(
    readonly client: Client,
    private readonly database: TestDatabase,
  ) {}

  get url(): string {
    return this.database.url;
  }

  /** Clones the template: IBSafe's tables, empty. */
  static async create(): Promise<DemoDatabase> {
    const created = await createTestDatabase();
    const client = new Client({ connectionString: created.url });
    await client.connect();
    await client.query("set timezone = 'UTC'");
    return new DemoDatabase(client, created);
  }

  /** Disconnects and drops it. */
  async drop(): Promise<void> {
    await this.client.end();
    await this.database.drop();
  }

  /** One hash of every value of every row of the demo's tables. */
  async fingerprint(): Promise<string> {
    const parts = TABLES.map(
      (table) => `select '${table}' as name, md5(string_agg(t::text, E'\\n' order by id)) as hash from public.${table} t`,
    );
    const { rows } = await this.client.query<{ name: string; hash: string }>(`${parts.join(' union all ')} order by name`);
    return rows.map(({ name, hash }) => `${name} ${hash}`).join('\n');
  }

  /** Every constraint and index of the demo's tables. */
  async keys(): Promise<unknown> {
    const { rows } = await this.client.query(
      `select conrelid::regclass::text as of, conname as name, pg_get_constraintdef(oid) as definition, convalidated as valid
         from pg_constraint where conrelid::regclass::text = any ($1)
       union all
       select indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid), indisvalid
         from pg_index where indrelid::regclass::text = any ($1)
       order by 1, 2, 3`,
      [TABLES],
    );
    return rows;
  }

  /** Rows of a table. */
  async count(table: string): Promise<number> {
    const { rows } = await this.client.query<{ count: number }>(`select count(*)::int as count from public.${table}`);
    return rows[0]?.count ?? -1;
  }
}
