import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { BootstrapError } from './bootstrap-error.mjs';
import { run } from './child.mjs';

// Development packages are wanted (the build needs the compiler) even where NODE_ENV is "production"; the optional ones carry PostgreSQL.
const ALWAYS = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error'];

/** Runs `npm install` in silence. Throws a BootstrapError with npm's own words when it fails or when there is no npm. */
export async function npmInstall(args, { cwd, what }) {
  const npm = npmCommand(process.env);
  const { code, output } = await run(npm.command, [...npm.args, 'install', ...ALWAYS, ...args], {
    cwd,
    quiet: true,
    shell: npm.shell,
  }).catch((cause) => {
    throw new BootstrapError(`npm could not be started to install ${what}: install Node 24 with npm from https://nodejs.org`, { cause });
  });
  if (code !== 0)
    throw new BootstrapError(`npm could not install ${what} (exit ${code}):\n${output.trim()}`, { exitCode: code > 128 ? code : 1 });
}

/** The npm that runs this script where one does, else the one on PATH: never a second, different npm on the same folder. */
export function npmCommand(env) {
  const cli = env.npm_execpath;
  if (cli && basename(cli) === 'npm-cli.js' && existsSync(cli)) return { command: process.execPath, args: [cli], shell: false };
  return process.platform === 'win32' ? { command: 'npm.cmd', args: [], shell: true } : { command: 'npm', args: [], shell: false };
}
