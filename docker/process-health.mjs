// Whether the worker or scheduler of this container has given a sign of life lately: it notes one in the database every few seconds.
// The exit code is the answer.
import { hostname } from 'node:os';
import { withClient } from '../dist/database/connect.js';

const ALIVE = "select from batch.worker where host = $1 and stopped_at is null and seen_at > now() - interval '30 seconds'";
const PATIENCE_MS = 5_000;

setTimeout(() => process.exit(1), 2 * PATIENCE_MS).unref();
try {
  const place = { url: process.env.DATABASE_URL, name: 'health', statementMs: PATIENCE_MS };
  process.exitCode = await withClient(place, async (client) => ((await client.query(ALIVE, [hostname()])).rowCount > 0 ? 0 : 1));
} catch {
  process.exitCode = 1;
}
