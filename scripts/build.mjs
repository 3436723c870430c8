import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { BootstrapError } from './bootstrap-error.mjs';
import { bundle } from './bundle.mjs';
import { run } from './child.mjs';
import { filesUnder } from './files-under.mjs';
import { withSignsOfLife } from './signs-of-life.mjs';
import { readStamp } from './stamp.mjs';

/** What a build depends on beside `src`. */
const CONFIGS = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'scripts/bundle.mjs'];

/** Whether `dist` was built, to its end, from the sources as they are now. An installation without sources has nothing to build. */
export function buildIsCurrent(root) {
  if (!existsSync(join(root, 'src'))) return true;
  return readStamp(stampFile(root)) === wantedStamp(root);
}

/** Compiles `src` into `dist` when it changed, and bundles the program. Throws a BootstrapError with the compiler's words on failure. */
export async function ensureBuild(root, { node, say, note, joinFiles = bundle }) {
  if (buildIsCurrent(root)) return;
  say('building');
  // Taken before compiling: a file saved meanwhile makes the next start build again.
  const stamp = wantedStamp(root);
  rmSync(stampFile(root), { force: true });
  await withSignsOfLife('building', { work: () => compile(root, { node, config: 'tsconfig.build.json', note }) });
  copyAssets(join(root, 'src'), join(root, 'dist'));
  await joinFiles(root);
  writeFileSync(stampFile(root), stamp);
}

/**
 * Compiles the programs outside `src` (benchmarks, evaluation, faults) into `dist/suites`. Their `src` is a link to the service's own `dist`, so
 * that they run the very modules the service runs and files found relative to a module are found.
 */
export async function buildSuites(root, { node }) {
  const linked = join(root, 'dist', 'suites', 'src');
  rmSync(linked, { recursive: true, force: true });
  await compile(root, { node, config: 'tsconfig.bench.json' });
  rmSync(linked, { recursive: true, force: true });
  symlinkSync('..', linked, 'junction');
}

async function compile(root, { node, config, note }) {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { code, output } = await run(node, [tsc, '-p', config], { cwd: root, quiet: true, note });
  if (code !== 0) throw new BootstrapError(`the build failed (${config}):\n${output.trim()}`, { exitCode: code > 128 ? code : 1 });
}

function copyAssets(from, to) {
  for (const file of filesUnder(from).filter((path) => !path.endsWith('.ts'))) {
    const target = join(to, relative(from, file));
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
}

function wantedStamp(root) {
  const hash = createHash('sha256');
  for (const file of [...CONFIGS.map((name) => join(root, name)).filter((path) => existsSync(path)), ...filesUnder(join(root, 'src'))]) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file).split(sep).join('/')} ${content.length}\n`).update(content);
  }
  return `${hash.digest('hex')}\n`;
}

function stampFile(root) {
  return join(root, 'dist', '.build-stamp');
}
