import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { lacksSmallDisk } from '../support/small-disk.js';
import { until } from '../support/until.js';

// PostgreSQL runs as a user that may neither enter such a home nor run the programs in it. What is mounted here is so for this start alone: the checkout lies
// in a home of root, and /var/lib is empty. Nothing of it stays on the machine.
const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));
const START = 'mount -t tmpfs none /var/lib && mount --bind "$CHECKOUT" "$HOME/checkout" && cd "$HOME/checkout" && exec npm start';

const lacking =
  lacksSmallDisk ?? (spawnSync('unshare', ['--mount', 'npm', '--version']).status === 0 ? '' : 'there is no npm, or no unshare');
if (lacking !== '') console.warn(`skipped: npm start in a closed home, because ${lacking}`);

(lacking === '' ? it : it.skip)(
  'npm start as root in a home of mode 700 answers, says where its database is, and ends when npm is asked to',
  async () => {
    const home = mkdtempSync(join(tmpdir(), 'ibsafe-batch-home-')); // of mode 700
    mkdirSync(join(home, 'checkout'));
    const env = { PATH: process.env['PATH'], HOME: home, CHECKOUT, DATA_DIR: join(home, 'data'), DEMO_USERS: '0', PORT: '0' };
    const npm = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', START], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let told = '';
    npm.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
    try {
      await until(async () => /Health +http/.test(told) || npm.exitCode !== null || npm.signalCode !== null);
      expect(told).toMatch(/its programs were copied to \/var\/lib\/ibsafe-batch\/programs\/.*may not enter/);
      expect(told).toMatch(/its data is in \/var\/lib\/ibsafe-batch\/data\//);
      const { status } = await fetch(/Health +(http\S+)/.exec(told)?.[1] ?? '');
      expect(status).toBe(200);
      npm.kill('SIGTERM');
      await once(npm, 'close'); // when nothing is left that could write there
      expect(told).toMatch(/Stopped\.\n/);
    } finally {
      npm.kill('SIGTERM');
      rmSync(home, { recursive: true });
    }
  },
);
