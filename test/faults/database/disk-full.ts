import { execFileSync } from 'node:child_process';
import { chownSync, closeSync, mkdtempSync, mkdirSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { fillWithPatients } from '../../support/patients-database.js';
import { startServiceProcess } from '../../support/service-process.js';
import { holdWorkers } from '../../support/table-hold.js';
import { sceneOf, type Fault, type NotMeasured } from '../fault.js';
import { patiently } from '../patiently.js';
import { runGround, SHORT_LEASE } from '../run-ground.js';

const SIZE_MB = 96;
const DISK_FULL = '53100';

/** 25: the disk under the tables is full, and then it is not. */
export const DISK_FULL_MID_RUN: Fault = {
  id: '25',
  what: 'disk full in the middle of a run (a small tablespace)',
  promise: 'no false success; the run ends after space returns',
  open: async () => {
    const disk = await smallDisk();
    if ('notMeasured' in disk) return disk;
    const ground = await runGround({ database: await fillWithPatients(await disk.database(), 60) });
    // What a deleted row leaves must not be room for the next one: the disk is to be full.
    await ground.database.rows('alter table ibsafe_interventionrecord set (autovacuum_enabled = false)');
    const worker = ground.resources.use(await startServiceProcess(ground.database, 'worker', SHORT_LEASE));
    const failures = (): number => worker.printed.filter((line) => line.includes(DISK_FULL)).length;
    const end = async (): Promise<void> => {
      await ground.resources.end().catch(() => undefined);
      await disk[Symbol.asyncDispose]();
    };
    return sceneOf({ end }, async (draws) => {
      const before = failures();
      const hold = await holdWorkers(ground.database, 'READING');
      const runId = await ground.begin({ chunkSize: draws.between(4, 20) });
      await hold.reached(1);
      disk.fill(draws.below(3) * 8_192);
      await hold.release();
      await patiently(() => Promise.resolve(failures() > before));
      const done = await ground.database.column('select 1 from batch.run_view where run_id = $1 and ended_at is not null', [runId]);
      disk.empty();
      const since = performance.now();
      await ground.ended(runId);
      const broken = done.length === 0 ? [] : ['the run said that it had ended while the disk was full'];
      return ground.verdict(runId, { bites: failures() - before, since, broken });
    });
  },
};

interface SmallDisk extends AsyncDisposable {
  /** A migrated database whose tables lie on it. */
  database(): Promise<{ readonly url: string; drop(): Promise<void> }>;
  /** Leaves so many bytes free. */
  fill(free: number): void;
  empty(): void;
}

/** A file system in memory, handed to PostgreSQL as a tablespace: only root may make one. */
async function smallDisk(): Promise<SmallDisk | NotMeasured> {
  const adminUrl = process.env['TEST_ADMIN_URL'] ?? '';
  if (process.getuid?.() !== 0) return { notMeasured: 'mounting a small file system needs root' };
  const owner = await ownerOf(adminUrl);
  if (owner === undefined) return { notMeasured: 'PostgreSQL does not run on this machine' };
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE_MB}m,mode=755`, 'ibsafe-batch-test', folder], { stdio: 'pipe' });
  } catch {
    rmSync(folder, { recursive: true });
    return { notMeasured: 'this machine lets nobody mount a file system' };
  }
  const [space, ballast] = [join(folder, 'space'), join(folder, 'ballast')];
  mkdirSync(space);
  chownSync(space, owner.uid, owner.gid);
  const name = `small_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(adminUrl, `create tablespace ${name} location '${space}'`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const empty = (): void => rmSync(ballast, { force: true });
  return {
    async database() {
      await asAdmin(adminUrl, `create database ${name} template template_batch tablespace ${name}`);
      return { url: url.href, drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`) };
    },
    fill: (free) => fillUp(folder, ballast, free),
    empty,
    async [Symbol.asyncDispose]() {
      empty();
      await asAdmin(adminUrl, `drop tablespace if exists ${name}`).catch(() => undefined);
      execFileSync('umount', ['-l', folder], { stdio: 'pipe' });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function fillUp(folder: string, ballast: string, free: number): void {
  const file = openSync(ballast, 'w');
  try {
    for (;;) {
      const { bavail, bsize } = statfsSync(folder);
      const rest = bavail * bsize - free;
      if (rest < bsize) return;
      writeSync(file, Buffer.alloc(Math.min(rest, 1_048_576)));
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOSPC') throw error; // full, which is what was wanted
  } finally {
    closeSync(file);
  }
}

async function ownerOf(adminUrl: string): Promise<{ uid: number; gid: number } | undefined> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return statSync(rows[0]?.data_directory ?? '', { throwIfNoEntry: false });
  } finally {
    await client.end();
  }
}

async function asAdmin(adminUrl: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
