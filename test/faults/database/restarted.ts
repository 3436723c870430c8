import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { migrate } from '../../../src/migrations/migrate.js';
import { isAlive } from '../../../src/embedded-postgres/process-identity.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../src/embedded-postgres/supervisor.js';
import { fillWithPatients } from '../../support/patients-database.js';
import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';
import { heirOn } from '../heir.js';
import { runGround } from '../run-ground.js';

// What a commit said must be there after the crash, so the log is written at each; the disk itself survives.
const FLAGS = { fsync: 'off', shared_buffers: '64MB' };

/** 6: every connection breaks at once, and what was not committed is gone. */
export const DATABASE_RESTARTED: Fault = {
  id: '6',
  what: 'PostgreSQL restarted (immediate) in the middle of a run',
  promise: 'invariants 1 to 4; the run ends',
  open: async () => {
    const server = await ownServer();
    const ground = await runGround({ database: await fillWithPatients(await server.database(), 80) });
    await heirOn(ground);
    await heirOn(ground);
    const end = async (): Promise<void> => {
      await ground.resources.end().catch(() => undefined);
      await server[Symbol.asyncDispose]();
    };
    return sceneOf({ end }, async (draws) => {
      const runId = await ground.begin({ chunkSize: draws.between(1, 2) });
      await ground.chunksDone(runId, draws.between(0, 8));
      const crashedAt = new Date();
      await server.crash();
      const since = performance.now();
      await sleep(draws.below(300));
      await server.start();
      await ground.ended(runId);
      const interrupted = await ground.database.column('select 1 from batch.run_view where run_id = $1 and ended_at > $2', [
        runId,
        crashedAt,
      ]);
      return ground.verdict(runId, { bites: interrupted.length, since });
    });
  },
};

interface OwnServer extends AsyncDisposable {
  database(): Promise<{ readonly url: string; drop(): Promise<void> }>;
  /** PostgreSQL's immediate shutdown: as a crash, with recovery at the next start. */
  crash(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
}

async function ownServer(): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-crash-'));
  chmodSync(folder, 0o755);
  const dataDir = join(folder, 'data');
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir, flags: FLAGS });
  const { port } = server;
  return {
    async database() {
      const client = new Client({ connectionString: server.url() });
      await client.connect();
      await client.query('create database patients');
      await client.end();
      await migrate(server.url('patients'), { ibsafeTables: true });
      return { url: server.url('patients'), drop: () => Promise.resolve() }; // it goes with the server
    },
    async crash() {
      process.kill(server.pid, 'SIGQUIT');
      await patiently(() => Promise.resolve(!isAlive(server.pid)));
    },
    start: async () => void (server = await startEmbeddedPostgres({ dataDir, port, flags: FLAGS })),
    async [Symbol.asyncDispose]() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
