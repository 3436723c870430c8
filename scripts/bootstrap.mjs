import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BootstrapError } from './bootstrap-error.mjs';
import { withBootstrapLock } from './bootstrap-lock.mjs';
import { buildIsCurrent, ensureBuild } from './build.mjs';
import { consoleIsSettled, ensureConsole } from './console.mjs';
import { dependenciesAreCurrent, ensureDependencies } from './dependencies.mjs';
import { withFirstInPath } from './first-in-path.mjs';
import { currentRuntime, ensureRuntime } from './runtime.mjs';

/** The checkout's own folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Makes the checkout ready to run: a Node that is new enough, the dependencies, and (unless `build` is false) `dist` and the console, whose failure
 * keeps no file. `forceConsole` tries that again. Does nothing, and takes no lock, when all is there. Gives the Node to run with and an environment whose PATH starts with it.
 */
export async function prepare({ root = ROOT, build = true, forceConsole = false } = {}) {
  if (forceConsole || !isReady(root, build)) await makeReady(root, { build, forceConsole });
  const node = currentRuntime(root);
  return { node, env: withFirstInPath(dirname(node)) };
}

async function makeReady(root, { build, forceConsole }) {
  try {
    await withBootstrapLock(join(root, '.runtime', 'bootstrap.lock'), {
      work: (note) => install(root, { build, forceConsole, note }),
      say,
    });
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
    const why = `${root} is not ready to run yet, and this user cannot write there (${error.code}: ${error.path ?? error.message})`;
    throw new BootstrapError(`${why}: let its owner run npm start once, or clone it into a folder of your own`, { cause: error });
  }
}

function isReady(root, build) {
  return currentRuntime(root) !== undefined && dependenciesAreCurrent(root) && (!build || (buildIsCurrent(root) && consoleIsSettled(root)));
}

async function install(root, { build, forceConsole, note }) {
  const node = await ensureRuntime(root, { say, note });
  await ensureDependencies(root, { node, say, note });
  if (!build) return;
  await ensureBuild(root, { node, say, note });
  await ensureConsole(root, { node, say, note, force: forceConsole });
}

// On stderr: stdout belongs to the command, whose output may be read by a program.
function say(line) {
  console.error(`ibsafe-batch: ${line}`);
}
