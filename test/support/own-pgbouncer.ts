import { spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/embedded-postgres/launch-on-port.js';
import { serverUser } from '../../src/embedded-postgres/server-user.js';

const PROGRAMS = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer'];

/** Where pgbouncer is; else why there is none. */
export function findPgbouncer(): { readonly program: string } | { readonly missing: string } {
  const program = PROGRAMS.find((path) => existsSync(path));
  return program === undefined ? { missing: 'pgbouncer is not installed (Debian: apt-get install pgbouncer)' } : { program };
}

/** A pooler before a server that trusts everybody. */
export interface OwnPooler extends AsyncDisposable {
  readonly url: string;
}

/** Starts a pooler before the database of an address. `settings` are added to what every installation has to say. */
export async function startPgbouncer(program: string, behind: string, settings: Readonly<Record<string, string>>): Promise<OwnPooler> {
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-pooler-'));
  const { ids } = serverUser(folder);
  if (ids !== undefined) chownSync(folder, ids.uid, ids.gid);
  const { hostname, port: serverPort, pathname, username } = new URL(behind);
  const port = await freePort();
  const lines = Object.entries({ listen_addr: '127.0.0.1', listen_port: String(port), unix_socket_dir: '', auth_type: 'any', ...settings });
  const database = pathname.slice(1);
  const text = `[databases]\n${database} = host=${hostname} port=${serverPort} dbname=${database} user=${username}\n[pgbouncer]\n${lines.map(([name, value]) => `${name} = ${value}`).join('\n')}\n`;
  const file = join(folder, 'pgbouncer.ini');
  writeFileSync(file, text);
  const child = spawn(program, [file], { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder, ...ids });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await listening(child);
  return {
    url: `postgresql://${username}@127.0.0.1:${port}/${database}`,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listening(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const lines = child.stderr === null ? undefined : createInterface({ input: child.stderr });
    lines?.on('line', (line) => {
      said.push(line);
      if (line.includes('process up')) resolve();
    });
    child.once('exit', () => reject(new Error(`pgbouncer ended: ${said.join('\n')}`)));
    child.once('error', reject);
  });
}
