import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/embedded-postgres/launch-on-port.js';
import { ownAuthority } from './own-ca.js';
import { until } from './until.js';

const PROGRAMS = ['/usr/sbin/nginx', '/usr/bin/nginx'];

/** Where nginx is; else why there is none. */
export function findNginx(): { readonly program: string } | { readonly missing: string } {
  const program = PROGRAMS.find((path) => existsSync(path));
  return program === undefined ? { missing: 'nginx is not installed (Debian: apt-get install nginx-light)' } : { program };
}

/** A proxy with the project's own configuration, before a service. */
export interface OwnProxy extends AsyncDisposable {
  /** `https://localhost:…` */
  readonly url: string;
  /** The address that leads to it without TLS. */
  readonly plainUrl: string;
  /** The authority that its certificate is known by. */
  readonly ca: Buffer;
  /** What it logged. */
  log(): string;
}

/** Starts `deploy/proxy/nginx.conf` with nothing changed but ports and files. */
export async function startNginx(program: string, behind: string): Promise<OwnProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-nginx-'));
  const authority = ownAuthority(folder, 'ca');
  const { certificate, key } = authority.issue('proxy', 'DNS:localhost');
  const [port, plainPort] = [await freePort(), await freePort()];
  const changes: readonly (readonly [string, string])[] = [
    ['server 127.0.0.1:4000;', `server ${new URL(behind).host};`],
    ['listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
    ['listen 80;', `listen 127.0.0.1:${plainPort};`],
    ['/etc/ibsafe/tls/certificate.pem', certificate],
    ['/etc/ibsafe/tls/key.pem', key],
    ['/var/log/nginx/access.log', join(folder, 'access.log')],
    ['/var/log/nginx/error.log', join(folder, 'error.log')],
  ];
  let text = readFileSync(new URL('../../deploy/proxy/nginx.conf', import.meta.url), 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`deploy/proxy/nginx.conf has no ${from}`);
    text = text.replace(from, to);
  }
  writeFileSync(join(folder, 'nginx.conf'), text);
  const own = `daemon off; pid ${join(folder, 'pid')}; ${process.getuid?.() === 0 ? 'user root;' : ''}`;
  const child = spawn(program, ['-p', folder, '-c', join(folder, 'nginx.conf'), '-g', own], { stdio: ['ignore', 'ignore', 'pipe'] });
  let [said, over] = ['', false];
  child.stderr.setEncoding('utf8').on('data', (part: string) => (said += part));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve(void (over = true))));
  await until(async () => {
    if (over) throw new Error(`nginx ended: ${said}`);
    return listens(port);
  });
  return {
    url: `https://localhost:${port}`,
    plainUrl: `http://localhost:${plainPort}`,
    ca: readFileSync(authority.root),
    log: () => readFileSync(join(folder, 'access.log'), 'utf8'),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve((socket.destroy(), true)));
    socket.once('error', () => resolve(false));
  });
}
