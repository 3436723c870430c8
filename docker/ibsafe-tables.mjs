// Makes IBSafe's tables in a database that has none, for trying the service out; where there are some it does nothing. IBSafe's own database
// has them from the app. DATABASE_URL says where.
import { Client } from 'pg';
import { createIbsafeTables, createRecordIndexes } from '../dist/records/ibsafe-tables/create-ibsafe-tables.js';

const client = new Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
try {
  const { rows } = await client.query("select to_regclass('public.auth_user') is null as missing");
  if (rows[0].missing) {
    await createIbsafeTables(client);
    await createRecordIndexes(client); // on tables of the app's own, an operator decides
  }
} finally {
  await client.end();
}
