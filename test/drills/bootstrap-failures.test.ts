import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../support/until.js';

// The bootstrap on a small checkout with one dependency, by the machine's own npm: what it says when that cannot be installed.

const scripts = fileURLToPath(new URL('../../scripts/', import.meta.url));
const asRoot = process.getuid?.() === 0 ? it : it.skip;
if (asRoot === it.skip) console.log('skipped: a full disk and another user need root');

let base: string;
let root: string;
let mounted: string | undefined;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'ibsafe-batch-bootstrap-'));
  chmodSync(base, 0o755);
  root = join(base, '체크아웃 mit Leerzeichen');
  mkdirSync(root);
});

afterEach(() => {
  if (mounted !== undefined) execFileSync('umount', ['-l', mounted]);
  mounted = undefined;
  rmSync(base, { recursive: true });
});

describe('a first start', () => {
  it('installs, without a network where nothing is asked of it, and is done the second time', async () => {
    checkout('file:../small.tgz');
    expect(await start()).toMatchObject({ code: 0, said: expect.stringContaining('installing dependencies') });
    expect(await start()).toEqual({ code: 0, said: '' });
  });

  it('says that the registry cannot be reached, and which', async () => {
    checkout('^1.0.0');
    const { code, said } = await start({ npm_config_registry: 'http://127.0.0.1:9/' });
    expect({ code, said }).toEqual({
      code: 1,
      said: expect.stringMatching(/could not install the dependencies.*http:\/\/127\.0\.0\.1:9\/ cannot be reached/),
    });
    expect(said).not.toMatch(/^\s+at /m);
  });

  it('says that there is no npm', async () => {
    checkout('file:../small.tgz');
    const { code, said } = await start({ PATH: '/nowhere' });
    expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(/npm could not be started.*install Node 24 with npm/) });
  });

  asRoot('says that the disk is full, and goes on when there is room', async () => {
    mounted = root;
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'ibsafe-batch-test', root]);
    checkout('file:../big.tgz');
    expect(await start()).toMatchObject({
      code: 1,
      said: expect.stringMatching(/could not install the dependencies.*(the disk is full|only \d MiB are free in .*): free about 1\.5 GB/),
    });
    execFileSync('mount', ['-o', 'remount,size=64m', root]);
    expect((await start()).code).toBe(0);
    expect(statSync(join(root, 'node_modules', 'only', 'data')).size).toBe(8_000_000);
  });

  asRoot('says that nothing can be made ready on a disk that takes no writes, to root too', async () => {
    mounted = root;
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'ibsafe-batch-test', root]);
    checkout('file:../small.tgz');
    execFileSync('mount', ['-o', 'remount,ro', root]);
    const { code, said } = await start();
    expect(code).toBe(1);
    expect(said).toMatch(/^ibsafe-batch: .* is not ready to run yet, and this user cannot write there \(EROFS: .*\.runtime\): .*\n$/);
  });

  asRoot('says who has to prepare a checkout that this user may only read, and starts one that is prepared', async () => {
    checkout('file:../small.tgz');
    const nobody = { uid: 65_534, gid: 65_534 };
    expect(await start({ HOME: '/nonexistent' }, nobody)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/is not ready to run yet, and this user cannot write there.*let its owner run npm start once/),
    });
    await start();
    expect(await start({ HOME: '/nonexistent' }, nobody)).toEqual({ code: 0, said: '' });
  });

  asRoot('installs for a user without a home', async () => {
    checkout('file:../small.tgz');
    execFileSync('chown', ['-R', '65534:65534', root]);
    expect(await start({ HOME: '/nonexistent' }, { uid: 65_534, gid: 65_534 })).toMatchObject({ code: 0 });
  });

  it('that is killed half way is made up for by the next, which waits for the npm that was left behind', async () => {
    checkout('file:../small.tgz');
    const npm = join(base, 'npm');
    writeFileSync(npm, `#!/bin/sh\necho $$ > '${base}/pid'\nread line < '${base}/go'\necho done > '${base}/done'\n`, { mode: 0o755 });
    execFileSync('mkfifo', [join(base, 'go')]);
    const first = starting({ PATH: `${base}:${process.env['PATH']}` });
    const left = (): string => (existsSync(join(base, 'pid')) ? readFileSync(join(base, 'pid'), 'utf8').trim() : '');
    await until(async () => left() !== '' && readFileSync(join(root, '.runtime', 'bootstrap.lock'), 'utf8').includes(` ${left()} `));
    first.kill('SIGKILL');
    await once(first, 'exit');
    const second = starting();
    let said = '';
    second.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
    await until(async () => said.includes('waiting for it'));
    expect(said).toContain(`(pid ${left()})`);
    writeFileSync(join(base, 'go'), '\n');
    expect(await once(second, 'close')).toEqual([0, null]);
    expect(existsSync(join(base, 'done'))).toBe(true);
  });

  it('waits for another that goes on at the same moment, and both are ready', async () => {
    checkout('file:../small.tgz');
    const both = await Promise.all([start(), start()]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(both.filter(({ said }) => said.includes('installing dependencies'))).toHaveLength(1);
  });
});

interface Started {
  readonly code: number | null;
  readonly said: string;
}

async function start(env: Readonly<Record<string, string>> = {}, ids: { uid?: number; gid?: number } = {}): Promise<Started> {
  const child = starting(env, ids);
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said };
}

function starting(env: Readonly<Record<string, string>> = {}, ids: { uid?: number; gid?: number } = {}): ChildProcess {
  const code = `
    import { exitWith } from ${JSON.stringify(join(scripts, 'bootstrap-error.mjs'))};
    import { prepare } from ${JSON.stringify(join(scripts, 'bootstrap.mjs'))};
    await exitWith(async () => (await prepare({ root: ${JSON.stringify(root)}, build: false }), 0));`;
  const usual = {
    PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    HOME: base,
    npm_config_fetch_retries: '0',
    npm_config_update_notifier: 'false',
  };
  return spawn(process.execPath, ['--input-type=module', '-e', code], {
    ...ids,
    cwd: '/',
    env: { ...usual, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Makes the checkout: a package file and a lock, with one dependency from a place. */
function checkout(from: string): void {
  for (const [name, bytes] of [
    ['small', 10],
    ['big', 8_000_000],
  ] as const)
    tarball(name, bytes);
  const dependencies = { only: from };
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'small-checkout', version: '1.0.0', dependencies }));
  const packages = {
    '': { name: 'small-checkout', version: '1.0.0', dependencies },
    'node_modules/only': { version: '1.0.0', resolved: from },
  };
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({
      name: 'small-checkout',
      version: '1.0.0',
      lockfileVersion: 3,
      packages: from.startsWith('file') ? packages : { '': packages[''] },
    }),
  );
}

function tarball(name: string, bytes: number): void {
  const folder = join(base, 'package');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'only', version: '1.0.0' }));
  writeFileSync(join(folder, 'data'), Buffer.alloc(bytes, 'a long text that does not matter '));
  execFileSync('tar', ['czf', join(base, `${name}.tgz`), '-C', base, 'package']);
}
