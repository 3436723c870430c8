import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { BootstrapError } from './bootstrap-error.mjs';
import { ROOT, prepare } from './bootstrap.mjs';
import { buildSuites } from './build.mjs';
import { run } from './child.mjs';
import { NODE_FLAGS } from './node-flags.mjs';
import { schema } from './schema-task.mjs';

const TASKS = {
  jest,
  test: project('main'),
  drills: project('drills'),
  bench: suite('bench/main.ts'),
  eval: suite('eval/main.ts'),
  pages: suite('pages/main.ts'),
  'advice-pages': suite('eval/pages/main.ts'),
  screenshots: suite('pages/screenshots/main.ts'),
  faults: suite('test/faults/main.ts'),
  build: () => 0,
  schema,
  format,
  check,
};

const TESTS = new Set([TASKS.jest, TASKS.test, TASKS.drills, TASKS.check]);

/** Runs one of package.json's tasks on a prepared checkout and gives its exit code. Throws a BootstrapError for an unknown name. */
export async function runTask(name, args) {
  const task = Object.hasOwn(TASKS, name ?? '') ? TASKS[name] : undefined;
  if (task === undefined)
    throw new BootstrapError(`unknown task "${name ?? ''}": one of ${Object.keys(TASKS).join(', ')}`, { exitCode: 2 });
  if (TESTS.has(task) && ROOT.includes('?'))
    throw new BootstrapError(`jest finds no file of a folder with "?" in its path: move ${ROOT}, and try again`, { exitCode: 2 });
  const runtime = await prepare({ build: task !== format, forceConsole: name === 'build' });
  return task(runtime, args);
}

function jest({ node, env }, args) {
  const options = [env.NODE_OPTIONS, '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'].filter(Boolean).join(' ');
  return tool({ node, env: { ...env, NODE_OPTIONS: options } }, ['jest/bin/jest.js', ...args]);
}

/** One of jest's two projects (`jest.config.js`). Its name comes last: jest would take every word behind it for another project. */
function project(name) {
  return (runtime, args) => jest(runtime, [...args, '--selectProjects', name]);
}

function format(runtime, args) {
  return tool(runtime, ['prettier/bin/prettier.cjs', '--write', '.', ...args]);
}

function suite(entry) {
  return async (runtime, args) => {
    if (!existsSync(join(ROOT, entry))) throw new BootstrapError(`there is no ${entry} in this checkout, so there is nothing to run`);
    await buildSuites(ROOT, runtime);
    const compiled = join(ROOT, 'dist', 'suites', entry.replace(/\.ts$/, '.js'));
    return (await run(runtime.node, [...NODE_FLAGS, compiled, ...args], { env: runtime.env, cwd: ROOT })).code;
  };
}

/** Everything that must hold before a commit; `--no-tests` leaves the tests to the caller. Stops at the first step that fails. */
async function check(runtime, args) {
  const steps = {
    format: () => tool(runtime, ['prettier/bin/prettier.cjs', '--check', '.']),
    lint: () => tool(runtime, ['oxlint/bin/oxlint', '--type-aware']),
    types: () => tool(runtime, ['typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit']),
    'types of the console': () => tool(runtime, ['../console/node_modules/typescript/bin/tsc', '-p', 'console', '--noEmit']),
    schema: () => schema(runtime, ['--check']),
    ...(args.includes('--no-tests') ? {} : { tests: () => TASKS.test(runtime, []), drills: () => TASKS.drills(runtime, []) }),
  };
  for (const [name, step] of Object.entries(steps)) {
    console.log(`\n== check: ${name}`);
    const code = await step();
    if (code !== 0) throw new BootstrapError(`check stopped at "${name}" (exit ${code})`, { exitCode: code });
  }
  return 0;
}

// By path, not through npx: npx would look for a Node on its own and may ask the registry.
async function tool({ node, env }, [path, ...args]) {
  return (await run(node, [join(ROOT, 'node_modules', path), ...args], { env, cwd: ROOT })).code;
}
