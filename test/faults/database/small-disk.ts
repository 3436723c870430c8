import { chownSync, closeSync, mkdirSync, openSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../../src/migrations/migrate.js';
import { mountDisk, unmountDisk } from '../../support/small-disk.js';
import { startTestServer } from '../../support/test-server.js';

const SIZE = '96m';

const NAME = 'small';

/** A disk that can be filled, with a tablespace of a PostgreSQL server of its own: a full disk fails the checkpoints of everybody on a server. */
export interface SmallDisk extends AsyncDisposable {
  /** A migrated database whose tables lie on it. */
  readonly database: { readonly url: string; drop(): Promise<void> };
  /** Leaves so many bytes free. */
  fill(free: number): void;
  empty(): void;
}

/** Makes one: a file system in memory, handed to PostgreSQL as a tablespace. @throws where `lacksSmallDisk` tells why not */
export async function smallDisk(): Promise<SmallDisk> {
  const folder = mountDisk(SIZE);
  const server = await startTestServer();
  const ballast = join(folder, 'ballast');
  const empty = (): void => rmSync(ballast, { force: true });
  return {
    database: await databaseIn(join(folder, 'space'), server.adminUrl),
    fill: (free) => fillUp(folder, ballast, free),
    empty,
    async [Symbol.asyncDispose]() {
      empty();
      await server.stop();
      unmountDisk(folder);
    },
  };
}

async function databaseIn(space: string, adminUrl: string): Promise<SmallDisk['database']> {
  mkdirSync(space);
  const url = new URL(adminUrl);
  url.pathname = `/${NAME}`;
  await asAdmin(adminUrl, async (admin) => {
    const { uid, gid } = await ownerOf(admin);
    chownSync(space, uid, gid);
    await admin.query(`create tablespace ${NAME} location '${space}'`);
    await admin.query(`create database ${NAME} tablespace ${NAME}`);
  });
  await migrate(url.href, { ibsafeTables: true });
  return { url: url.href, drop: () => asAdmin(adminUrl, (admin) => admin.query(`drop database if exists ${NAME} with (force)`)) };
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

async function ownerOf(admin: Client): Promise<{ uid: number; gid: number }> {
  const { rows } = await admin.query<{ data_directory: string }>('show data_directory');
  return statSync(rows[0]?.data_directory ?? '');
}

async function asAdmin(adminUrl: string, work: (admin: Client) => Promise<unknown>): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
