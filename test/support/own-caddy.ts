import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../src/embedded-postgres/launch-on-port.js';
import type { OwnProxy } from './own-nginx.js';
import { until } from './until.js';

const PROGRAMS = ['/usr/bin/caddy', '/usr/local/bin/caddy'];

/** Where Caddy is; else why there is none. */
export function findCaddy(): { readonly program: string } | { readonly missing: string } {
  const program = PROGRAMS.find((path) => existsSync(path));
  return program === undefined ? { missing: 'Caddy is not installed (Debian: apt-get install caddy)' } : { program };
}

/** Starts `deploy/proxy/Caddyfile` with nothing changed but its name, ports and the address of the api: for the name `localhost` Caddy's own authority signs. */
export async function startCaddy(program: string, behind: string): Promise<OwnProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-caddy-'));
  const [port, plainPort] = [await freePort(), await freePort()];
  let text = readFileSync(new URL('../../deploy/proxy/Caddyfile', import.meta.url), 'utf8');
  const changes = [
    ['\nbatch.example.org {', '\nlocalhost {'],
    ['\n{\n', `\n{\n\tadmin off\n\tskip_install_trust\n\thttp_port ${plainPort}\n\thttps_port ${port}\n`],
    ['reverse_proxy 127.0.0.1:4000 {', `reverse_proxy ${new URL(behind).host} {`],
  ] as const;
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`deploy/proxy/Caddyfile has no ${from}`);
    text = text.replace(from, to);
  }
  writeFileSync(join(folder, 'Caddyfile'), text);
  const env = { PATH: process.env['PATH'], HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const child = spawn(program, ['run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let [said, over] = ['', false];
  child.stderr.setEncoding('utf8').on('data', (part: string) => (said += part));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve(void (over = true))));
  const root = join(folder, 'caddy', 'pki', 'authorities', 'local', 'root.crt');
  await until(async () => {
    if (over) throw new Error(`Caddy ended: ${said}`);
    return existsSync(root) && (await answers(port));
  });
  return {
    url: `https://localhost:${port}`,
    plainUrl: `http://localhost:${plainPort}`,
    ca: readFileSync(root),
    log: () => said,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whether it has a certificate by now: it listens before that. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', rejectUnauthorized: false });
    socket.once('secureConnect', () => resolve((socket.destroy(), true)));
    socket.once('error', () => resolve(false));
  });
}
