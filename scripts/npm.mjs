import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { BootstrapError, FREE_ROOM } from './bootstrap-error.mjs';
import { run } from './child.mjs';
import { withFirstInPath } from './first-in-path.mjs';
import { npmFailure } from './npm-failure.mjs';
import { withSignsOfLife } from './signs-of-life.mjs';

// Development packages are wanted (the build needs the compiler) even where NODE_ENV is "production"; the optional ones carry PostgreSQL.
const ALWAYS = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error'];

// npm's last words; before them may stand hundreds of warnings.
const LINES_SHOWN = 20;
const LITTLE_MIB = 64;

/**
 * Runs `npm install` and shows that it goes on; its words are kept for a failure. It runs on `node`, for which it installs: on an older one npm leaves out
 * optional packages that ask for a newer, without a word, and a build then lacks its native part. `note` is told npm's pid, `detail` tells how far it is.
 * Throws a BootstrapError with what it means and npm's own words when it fails or when there is no npm.
 */
export async function npmInstall(args, { node = process.execPath, cwd, what, note, detail }) {
  const npm = npmCommand(process.env, node);
  const options = { cwd, env: withFirstInPath(dirname(node), withWritableCache(cwd)), quiet: true, shell: npm.shell, note };
  const work = () => run(npm.command, [...npm.args, 'install', ...ALWAYS, ...args], options);
  const { code, output } = await withSignsOfLife(`installing ${what}`, { work, detail }).catch((cause) => {
    throw new BootstrapError(
      `npm could not be started to install ${what} (${cause.code}): install Node 24 with npm from https://nodejs.org`,
      { cause },
    );
  });
  if (code === 0) return;
  const meaning = npmFailure(output) || littleRoom(cwd);
  const words = output.trim().split('\n').slice(-LINES_SHOWN).join('\n');
  throw new BootstrapError(`npm could not install ${what} (exit ${code})${meaning && `: ${meaning}`}\n${words}`, {
    exitCode: code > 128 ? code : 1,
  });
}

// npm does not always notice: it reads the half of a file that it could write.
function littleRoom(folder) {
  const { bavail, bsize } = statfsSync(folder);
  const free = Math.floor((bavail * bsize) / 2 ** 20);
  return free < LITTLE_MIB ? `only ${free} MiB are free in ${folder}: ${FREE_ROOM}` : '';
}

// A user without a home of its own (nobody, a system account) has no place for npm's cache either.
function withWritableCache(cwd) {
  const named = Object.keys(process.env).some((name) => name.toLowerCase() === 'npm_config_cache');
  return named || canWriteHome() ? process.env : { ...process.env, npm_config_cache: join(cwd, '.runtime', 'npm-cache') };
}

// Without HOME, and for a user that the system does not know, there is no home to name.
function canWriteHome() {
  try {
    accessSync(homedir(), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The npm that runs this script where one does, else the one on PATH: never a second, different npm on the same folder. */
function npmCommand(env, node) {
  const cli = env.npm_execpath;
  if (cli && basename(cli) === 'npm-cli.js' && existsSync(cli)) return { command: node, args: [cli], shell: false };
  return process.platform === 'win32' ? { command: 'npm.cmd', args: [], shell: true } : { command: 'npm', args: [], shell: false };
}
