import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A registry that does not answer holds nothing up for longer, in ms. */
const STEP_MS = 180_000;

/** An earlier release, installed and built. */
export interface Released {
  readonly folder: string;
  /** Its entry for `startServiceProcess`. */
  readonly entry: string;
  /** Runs its command line on a database. @returns what it printed @throws with what it said when it fails */
  cli(url: string, ...args: readonly string[]): string;
}

/** The commit of each release: a clone of a clone, or a shallow one that is deepened, may come without the tags. */
const COMMITS: Readonly<Record<string, string>> = { 'v0.1.0': '8e40b0e3d2a1561fb02aace9f3cb6c195a6d78df' };

/** Installs a release by its tag or its commit, once for a machine: beside the packages, which are not kept either. @returns it, or why it cannot be had */
export function findRelease(tag: string): Released | { readonly missing: string } {
  const commit = [`refs/tags/${tag}`, COMMITS[tag]].find(
    (name) => name !== undefined && run('git', ['cat-file', '-e', `${name}^{commit}`], ROOT).ok,
  );
  if (commit === undefined) return { missing: `neither the tag ${tag} nor its commit is in this clone (git fetch --tags --unshallow)` };
  const folder = join(ROOT, 'node_modules', '.cache', `release-${tag}`);
  if (!existsSync(folder)) {
    const failed = install(commit, `${folder}.${process.pid}`);
    if (failed !== undefined) return { missing: `${tag} cannot be installed here: ${failed}` };
    renameSync(`${folder}.${process.pid}`, folder);
  }
  return {
    folder,
    entry: join(folder, 'test', 'support', 'service-entry.mjs'),
    cli(url, ...args) {
      const done = run(process.execPath, [join(folder, 'dist', 'cli', 'main.js'), ...args], folder, { DATABASE_URL: url });
      if (!done.ok) throw new Error(`${tag} ${args.join(' ')}: ${done.said}`);
      return done.said;
    },
  };
}

/** @returns what failed */
function install(commit: string, folder: string): string | undefined {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const build = `import { ensureBuild } from './scripts/build.mjs'; await ensureBuild(process.cwd(), { node: process.execPath, say: () => undefined })`;
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['sh', ['-c', `git -C "${ROOT}" archive ${commit} | tar -x`]],
    ['npm', ['install', '--no-save', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']],
    [process.execPath, ['--input-type=module', '--eval', build]],
  ];
  for (const [program, args] of steps) {
    const done = run(program, args, folder);
    if (done.ok) continue;
    rmSync(folder, { recursive: true, force: true });
    return `${program} ${args[0]}: ${done.said.split('\n').find((line) => line.trim() !== '') ?? 'no word'}`;
  }
  return undefined;
}

function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): { ok: boolean; said: string } {
  const { PATH, HOME } = process.env;
  const done = spawnSync(program, [...args], { cwd, encoding: 'utf8', env: { PATH, HOME, ...env }, timeout: STEP_MS });
  return { ok: done.status === 0, said: `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}` };
}
