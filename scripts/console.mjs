import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { filesUnder } from './files-under.mjs';
import { withSignsOfLife } from './signs-of-life.mjs';
import { readStamp } from './stamp.mjs';

// A failure is not tried again at once: each command would wait for a network that is not there.
const TRIED_AGAIN_AFTER_MS = 3_600_000;
const OUTSIDE = ['schema.graphql', 'data/codes/en.json', 'data/codes/ko.json'];

/** Whether nothing is to be done for the console: it was built from the sources as they are, or that failed lately, or there are no sources. */
export function consoleIsSettled(root, now = Date.now()) {
  if (!existsSync(join(root, 'console', 'package.json'))) return true;
  const wanted = wantedStamp(root);
  if (readStamp(stampFile(root)) === wanted) return true;
  const failed = failureFile(root);
  return readStamp(failed)?.split('\n')[0] === wanted.trim() && now - statSync(failed).mtimeMs < TRIED_AGAIN_AFTER_MS;
}

/**
 * Builds the operator's console into `dist/console` when its sources changed. Never throws for a console that cannot be built: the service does
 * without it, and its page shows what is noted beside the folder. `force` tries again what failed lately.
 */
export async function ensureConsole(root, { node, say, note, force = false, install, now }) {
  const wanted = wantedStampOf(root);
  if (wanted === undefined || readStamp(stampFile(root)) === wanted || (!force && consoleIsSettled(root, now))) return;
  try {
    await ensureDependencies(join(root, 'console'), { node, say, note, install, what: 'packages of the console' });
    say('building the console');
    await withSignsOfLife('building the console', { work: () => build(root, node, note) });
    writeFileSync(stampFile(root), wanted);
    rmSync(failureFile(root), { force: true });
  } catch (error) {
    mkdirSync(join(root, 'dist'), { recursive: true });
    writeFileSync(failureFile(root), `${wanted}${error.message}\n`);
    say(`the console could not be built, and the service does without: ${error.message.split('\n')[0]} (npm run build tries again)`);
  }
}

async function build(root, node, note) {
  rmSync(stampFile(root), { force: true });
  const { code, output } = await run(node, ['build.mjs'], { cwd: join(root, 'console'), quiet: true, note });
  if (code !== 0) throw new Error(`its build failed (exit ${code})\n${output.trim()}`);
}

function wantedStampOf(root) {
  return existsSync(join(root, 'console', 'package.json')) ? wantedStamp(root) : undefined;
}

function wantedStamp(root) {
  const hash = createHash('sha256');
  const own = filesUnder(join(root, 'console'), { except: ['node_modules', 'schema-types.d.ts'] });
  for (const file of [...own, ...OUTSIDE.map((name) => join(root, name)).filter((path) => existsSync(path))]) {
    const content = readFileSync(file);
    hash.update(`${file.slice(root.length).replaceAll('\\', '/')} ${content.length}\n`).update(content);
  }
  return `${hash.digest('hex')}\n`;
}

function stampFile(root) {
  return join(root, 'dist', 'console', '.build-stamp');
}

function failureFile(root) {
  return join(root, 'dist', 'console.failed');
}
