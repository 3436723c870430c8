import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { NotMeasured } from '../fault.js';

const SIZE_MB = 96;

/** A disk that can be filled, with a tablespace on it. */
export interface SmallDisk extends AsyncDisposable {
  /** A migrated database whose tables lie on it. */
  database(): Promise<{ readonly url: string; drop(): Promise<void> }>;
  /** Leaves so many bytes free. */
  fill(free: number): void;
  empty(): void;
}

/** Makes one: a file system in memory, handed to PostgreSQL as a tablespace. Only root may. */
export async function smallDisk(): Promise<SmallDisk | NotMeasured> {
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
