import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/embedded-postgres/launch-on-port.js';
import { runningPostmaster } from '../../src/embedded-postgres/postmaster-file.js';
import { isAlive } from '../../src/embedded-postgres/process-identity.js';
import { serverUser } from '../../src/embedded-postgres/server-user.js';
import { stopPostmaster } from '../../src/embedded-postgres/stop-postmaster.js';

/** A PostgreSQL server of the machine's own packages, with a cluster of its own in a temporary folder. */
export interface OwnCluster extends AsyncDisposable {
  /** Where its log (`log`), its data (`data`) and its socket are. */
  readonly folder: string;
  readonly port: number;
  /** Whose files it reads; undefined for our own. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** Writes its `pg_hba.conf` and takes over settings, without a restart. */
  configure(settings: Readonly<Record<string, string>>, hba: readonly string[]): void;
  /** The address of one of its databases, for a user who may do anything. */
  url(database?: string): string;
  /** Makes an empty database. @returns its address */
  createDatabase(name: string): string;
  /** Runs one of PostgreSQL's client programs. @throws with what it said */
  run(program: 'pg_basebackup' | 'pg_dump' | 'pg_restore' | 'psql', ...args: readonly string[]): string;
}

const FOLDER = 'ibsafe-batch-cluster-';
const DEBIAN = '/usr/lib/postgresql';

/** Where the programs of a whole PostgreSQL are, pg_dump among them; else why there are none. */
export function findPostgresPrograms(): { readonly bin: string } | { readonly missing: string } {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a)) : [];
  const bin = versions.map((version) => join(DEBIAN, version, 'bin')).find((folder) => existsSync(join(folder, 'pg_dump')) && existsSync(join(folder, 'initdb'))); // prettier-ignore
  if (bin === undefined) return { missing: `no PostgreSQL with initdb and pg_dump under ${DEBIAN} (Debian: apt-get install postgresql)` };
  return { bin };
}

// Nothing here must survive a power cut.
const FLAGS = '-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c listen_addresses=127.0.0.1,::1';

/** How a cluster differs from an empty one. */
export interface ClusterOptions {
  /** Settings, as `postgres` takes them. */
  readonly flags?: string;
  /** A base backup that it begins with, and how the server gets from there to where it is to be. */
  readonly backup?: { readonly folder: string; readonly recovery: Readonly<Record<string, string>> };
}

/** Makes and starts a cluster, which is gone when it is disposed of. @param environment added to that of the server */
export async function startOwnCluster(
  bin: string,
  environment: Readonly<Record<string, string>> = {},
  { flags = '', backup }: ClusterOptions = {},
): Promise<OwnCluster> {
  await sweepAbandoned();
  const folder = mkdtempSync(join(tmpdir(), `${FOLDER}${process.pid}-`));
  const { ids } = serverUser(folder);
  chmodSync(folder, 0o755);
  if (ids !== undefined) chownSync(folder, ids.uid, ids.gid);
  const data = join(folder, 'data');
  const call = (program: string, args: readonly string[], asServer: boolean): string => {
    const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...(asServer && environment) };
    // Without pipes where a server is started: it would keep them open, and the call would wait for its end.
    const stdio = args.includes('start') ? 'ignore' : 'pipe';
    const done = spawnSync(join(bin, program), [...args], { env, stdio, encoding: 'utf8', cwd: folder, ...(asServer && ids) });
    if (done.status !== 0) throw new Error(`${program} ended with ${done.status}: ${done.stderr}`);
    return done.stdout;
  };
  try {
    if (backup === undefined) call('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'], true);
    else takeBackup(backup, data, ids);
    const port = await onFreePort(
      (picked) =>
      call('pg_ctl', ['-D', data, '-l', join(folder, 'log'), '-w', '-t', '240', '-o', `-p ${picked} -k ${folder} ${FLAGS} ${flags}`, 'start'], true), // prettier-ignore
    );
    const url = (database = 'postgres'): string => `postgresql://postgres@127.0.0.1:${port}/${database}`;
    return {
      folder,
      port,
      owner: ids,
      configure(settings, hba) {
        const statements = Object.entries(settings).flatMap(([name, value]) => ['-c', `alter system set ${name} = '${value}'`]);
        if (statements.length > 0)
          call('psql', ['-X', '-q', ...statements, `postgresql://postgres@/postgres?host=${folder}&port=${port}`], false);
        writeFileSync(join(data, 'pg_hba.conf'), ['local all postgres trust', ...hba, ''].join('\n'));
        call('pg_ctl', ['-D', data, 'reload'], true);
      },
      url,
      createDatabase(name) {
        call('psql', ['-X', '-q', '-c', `create database ${name}`, url()], false);
        return url(name);
      },
      run: (program, ...args) => call(program, args, false),
      async [Symbol.asyncDispose]() {
        call('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop'], true);
        rmSync(folder, { recursive: true, force: true });
        await Promise.resolve();
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Has a server started on a free port, on another one when somebody else was faster. */
async function onFreePort(start: (port: number) => unknown): Promise<number> {
  for (let tries = 5; ; tries -= 1) {
    const port = await freePort();
    try {
      start(port);
      return port;
    } catch (error) {
      if (tries === 1) throw error;
    }
  }
}

function takeBackup({ folder, recovery }: NonNullable<ClusterOptions['backup']>, data: string, owner: OwnCluster['owner']): void {
  cpSync(folder, data, { recursive: true });
  const lines = Object.entries(recovery).map(([name, value]) => `${name} = '${value}'\n`);
  appendFileSync(join(data, 'postgresql.auto.conf'), lines.join(''));
  writeFileSync(join(data, 'recovery.signal'), '');
  chmodSync(data, 0o700);
  if (owner === undefined) return;
  for (const name of ['', ...readdirSync(data, { recursive: true, encoding: 'utf8' })]) chownSync(join(data, name), owner.uid, owner.gid);
}

/** A file as the server may read it. @returns where it is */
export function copyFor({ folder, owner }: OwnCluster, name: string, path: string): string {
  const target = join(folder, name);
  writeFileSync(target, readFileSync(path), { mode: 0o600 });
  if (owner !== undefined) chownSync(target, owner.uid, owner.gid);
  return target;
}

// A run that was killed leaves its servers behind; the pid in the folder's name tells that nobody needs them.
async function sweepAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.slice(FOLDER.length).split('-')[0]);
    if (!name.startsWith(FOLDER) || isAlive(pid)) continue;
    const folder = join(tmpdir(), name);
    const left = runningPostmaster(join(folder, 'data'));
    if (left !== undefined) await stopPostmaster(left.pid);
    rmSync(folder, { recursive: true, force: true });
  }
}
