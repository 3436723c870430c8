import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withBootstrapLock } from './bootstrap-lock.mjs';
import { buildIsCurrent, ensureBuild } from './build.mjs';
import { dependenciesAreCurrent, ensureDependencies } from './dependencies.mjs';
import { currentRuntime, ensureRuntime } from './runtime.mjs';

/** The checkout's own folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Makes the checkout ready to run: a Node that is new enough, the dependencies, and (unless `build` is false) `dist`. Does nothing, and
 * takes no lock, when all is there. Gives the Node to run with and an environment whose PATH starts with it.
 */
export async function prepare({ root = ROOT, build = true } = {}) {
  if (!isReady(root, build)) await withBootstrapLock(join(root, '.runtime', 'bootstrap.lock'), { work: () => install(root, build), say });
  const node = currentRuntime(root);
  return { node, env: withFirstInPath(dirname(node)) };
}

function isReady(root, build) {
  return currentRuntime(root) !== undefined && dependenciesAreCurrent(root) && (!build || buildIsCurrent(root));
}

async function install(root, build) {
  const node = await ensureRuntime(root, { say });
  await ensureDependencies(root, { say });
  if (build) await ensureBuild(root, { node, say });
}

// On stderr: stdout belongs to the command, whose output may be read by a program.
function say(line) {
  console.error(`ibsafe-batch: ${line}`);
}

function withFirstInPath(dir) {
  const key = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [key]: [dir, process.env[key]].filter(Boolean).join(delimiter) };
}
