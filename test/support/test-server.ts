import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../src/migrations/migrate.js';
import { runningPostmaster } from '../../src/embedded-postgres/postmaster-file.js';
import { isAlive } from '../../src/embedded-postgres/process-identity.js';
import { closedFolder, serverUser } from '../../src/embedded-postgres/server-user.js';
import { stopPostmaster } from '../../src/embedded-postgres/stop-postmaster.js';
import { startEmbeddedPostgres } from '../../src/embedded-postgres/supervisor.js';
import { FILLED, type TestDatabase } from './test-database.js';

/** A server for tests, in a folder that goes when it stops. */
export interface TestServer {
  /** Of a user who may create databases. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

const FOLDER = 'ibsafe-batch-test-';
const OPEN_FOLDERS = ['/tmp', '/var/tmp'];
const IN_MEMORY = '/dev/shm';
const ROOM = 2 ** 32;
const TEMPLATE = 'template_batch';
// Nothing here must survive a power cut, and every test file has its own database and pools.
const FLAGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  max_connections: '300',
  max_wal_size: '256MB',
};

/** As root, sees that the folder for temporary files is one that the server's user can enter: TMPDIR may lie in root's closed home. */
export function useOpenTemporaryFolder(): void {
  const user = serverUser(join(tmpdir(), FOLDER));
  const closed = closedFolder(join(tmpdir(), FOLDER), user);
  const open = closed === undefined ? undefined : OPEN_FOLDERS.find((folder) => existsSync(folder));
  if (open === undefined) return;
  console.error(`ibsafe-batch: ${user.name} may not enter ${closed}: the tests make their folders in ${open}`);
  process.env['TMPDIR'] = open;
}

/** Starts an embedded server, after ending those that killed runs left behind. */
export async function startTestServer(): Promise<StartedServer> {
  await sweepServers((pid) => !isAlive(pid)); // a run that was killed outright leaves its server and folder behind
  const place = newPlace();
  const server = await startIn(place);
  await letInWithoutPassword(place, server.adminUrl);
  return server;
}

/** Starts so many equal servers with the template in each: made in one, which the others are copies of. */
export async function startTestServers(count: number): Promise<readonly TestServer[]> {
  const first = await startTestServer();
  await makeTemplate(first.adminUrl);
  if (count === 1) return [first];
  await first.end();
  const places = [first.place, ...Array.from({ length: count - 1 }, newPlace)];
  for (const { dataDir } of places.slice(1)) copyFolder(first.place.dataDir, dataDir);
  return Promise.all(places.map(startIn));
}

/** A folder that a server's user may enter, and the data in it. */
interface Place {
  readonly folder: string;
  readonly dataDir: string;
}

interface StartedServer extends TestServer {
  readonly place: Place;
  /** Ends it and leaves its folder. */
  end(): Promise<void>;
}

function newPlace(): Place {
  const folder = mkdtempSync(join(folderForServers(), `${FOLDER}${process.pid}-`));
  chmodSync(folder, 0o755); // as root the server runs as another user
  return { folder, dataDir: join(folder, 'data') };
}

async function startIn(place: Place): Promise<StartedServer> {
  const server = await startEmbeddedPostgres({ dataDir: place.dataDir, flags: FLAGS, log: tellOfCopies });
  return {
    place,
    adminUrl: server.url(),
    end: () => server.stop(),
    async stop() {
      await server.stop();
      rmSync(place.folder, { recursive: true, force: true });
    },
  };
}

// `cp` keeps whose files they are: as root's they could not be read by the server's user.
function copyFolder(from: string, to: string): void {
  const copied = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' });
  if (copied.status !== 0) throw new Error(`the server of tests could not be copied: ${copied.stderr}`);
}

// Databases come and go by the hundred, a thousand files each. On ext4, which looks long for an inode that was not freed just now, their files took a
// sixth of a run's CPU.
function folderForServers(): string {
  return isRoomyMemory() ? IN_MEMORY : tmpdir();
}

function isRoomyMemory(): boolean {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return Math.min(bavail * bsize, process.availableMemory()) >= ROOM;
  } catch {
    return false;
  }
}

// Tests open thousands of connections as the user who owns all: a password asked of each took a third of what one costs, on both sides, and guards nothing
// here. Roles that tests make show theirs.
async function letInWithoutPassword({ dataDir }: Place, adminUrl: string): Promise<void> {
  const rules = join(dataDir, 'pg_hba.conf');
  writeFileSync(rules, `host all ${new URL(adminUrl).username} 127.0.0.1/32 trust\n${readFileSync(rules, 'utf8')}`);
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query('select pg_reload_conf()');
  } finally {
    await admin.end();
  }
}

/** Makes the migrated database that `createTestDatabase` clones, in place of the one of an earlier run, whose filled ones are dropped. */
export async function makeTemplate(adminUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`update pg_database set datistemplate = false where datname = '${TEMPLATE}'`); // else it cannot be dropped
    await admin.query(`drop database if exists ${TEMPLATE} with (force)`);
    const { rows } = await admin.query<{ name: string }>('select datname as name from pg_database where datname ^@ $1', [FILLED]);
    for (const { name } of rows) await admin.query(`drop database ${name} with (force)`);
    await admin.query(`create database ${TEMPLATE}`);
    const url = new URL(adminUrl);
    url.pathname = `/${TEMPLATE}`;
    await migrate(url.href, { ibsafeTables: true });
    // A database that somebody is connected to cannot be cloned.
    await admin.query(`alter database ${TEMPLATE} with allow_connections false`);
  } finally {
    await admin.end();
  }
}

/** Makes a migrated database on a server of a test's own, which goes with the server. */
export async function migratedDatabase(adminUrl: string): Promise<TestDatabase> {
  const url = new URL(adminUrl);
  url.pathname = '/own';
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query('create database own');
  } finally {
    await admin.end();
  }
  await migrate(url.href, { ibsafeTables: true });
  return { url: url.href, drop: () => Promise.resolve() };
}

/** Ends servers and removes their folders, by the pid of the run that made them, which is in the folder's name. */
export async function sweepServers(isOf: (pid: number) => boolean): Promise<void> {
  const places = [tmpdir(), IN_MEMORY].filter((place) => existsSync(place));
  for (const folder of places.flatMap((place) => readdirSync(place).map((name) => join(place, name)))) {
    const name = basename(folder);
    if (!name.startsWith(FOLDER) || !isOf(Number(name.slice(FOLDER.length).split('-')[0]))) continue;
    const left = runningPostmaster(join(folder, 'data'));
    if (left !== undefined) await stopPostmaster(left.pid);
    rmSync(folder, { recursive: true, force: true });
  }
}

function tellOfCopies(line: string): void {
  if (line.includes('copied')) console.error(`ibsafe-batch: ${line}`);
}
