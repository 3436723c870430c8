// Whether the worker or scheduler of this container has given a sign of life lately: it notes one in the database every few seconds.
// The exit code is the answer.
import { hostname } from 'node:os';
import { Client } from 'pg';

const ALIVE = "select from batch.worker where host = $1 and stopped_at is null and seen_at > now() - interval '30 seconds'";

const client = new Client({ connectionString: process.env.DATABASE_URL, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
client.on('error', () => undefined);
try {
  await client.connect();
  const { rowCount } = await client.query(ALIVE, [hostname()]);
  process.exitCode = rowCount > 0 ? 0 : 1;
} catch {
  process.exitCode = 1;
} finally {
  await client.end().catch(() => undefined);
}
