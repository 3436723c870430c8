import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { loadCatalogue } from '../src/generators/catalogue/catalogue-file.js';
import { migrate } from '../src/migrations/migrate.js';
import { demoFoodsOf } from '../src/demo/demo-foods.js';
import { loadDemo } from '../src/demo/load-demo.js';
import { startEmbeddedPostgres } from '../src/embedded-postgres/supervisor.js';

/** Record date of the benchmark's demo patients. */
export const RECORD_DATE = '2026-01-31';

/** A server of the benchmark's own, with room for the working set. */
export interface BenchServer {
  /** Makes a database with demo patients and gives its URL. */
  database(name: string, demo: { users: number; days: number }): Promise<string>;
  stop(): Promise<void>;
}

/** Starts an embedded PostgreSQL in a folder that goes when it stops. Settings that decide durability stay as they ship. */
export async function startBenchServer(): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-bench-'));
  chmodSync(folder, 0o755); // started by root, PostgreSQL runs as another user
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), flags: { shared_buffers: '1GB', max_wal_size: '8GB' } });
  return {
    database: async (name, { users, days }) => {
      const admin = new Client({ connectionString: server.url() });
      await admin.connect();
      await admin.query(`create database ${name}`);
      await admin.end();
      const url = server.url(name);
      await migrate(url, { ibsafeTables: true });
      await loadDemo(url, { users, days, seed: 1, until: RECORD_DATE as never, foods: demoFoodsOf(loadCatalogue()) });
      return url;
    },
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
