import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { projectFile } from '../../src/base/project-file.js';

/** A Node process of its own that runs the service's sources, for tests of what only separate processes can show. */
export interface SourceProcess {
  readonly child: ChildProcess;
  /** The next line it printed with `say`. Rejects, with its stderr, when it ends without one. */
  heard(): Promise<unknown>;
  /** Kills it as `kill -9` does and waits until it is gone. */
  kill(): Promise<void>;
}

// Of the project, also where this file is compiled into `dist`.
const SOURCES = pathToFileURL(`${projectFile('src')}/`);

// Sources without decorators run as they are: Node takes their types away, parameter properties included. Only the extension in their imports must be put right.
const PRELUDE = `
  import { registerHooks } from 'node:module';
  registerHooks({
    resolve: (name, context, next) =>
      next(name.startsWith('.') && context.parentURL?.endsWith('.ts') ? name.replace(/\\.js$/, '.ts') : name, context),
  });
  const load = (path) => import(new URL(path, ${JSON.stringify(SOURCES.href)}));
  const say = (value) => process.stdout.write(JSON.stringify(value) + '\\n');
  process.stdin.on('end', () => process.exit()).resume(); // so that it cannot outlive the test
`;

/** Runs module code that can use `load('runtime/some-source.ts')` and `say(value)`. It stays until killed, or until the tests end. */
export function startSourceProcess(code: string): SourceProcess {
  const child = spawn(process.execPath, ['--experimental-transform-types', '--input-type=module', '-e', PRELUDE + code], {
    cwd: fileURLToPath(SOURCES),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text) => (errors += String(text)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    child,
    async heard() {
      const next = await lines.next();
      if (next.done === true) throw new Error(`the process ended without a word: ${errors}`);
      return JSON.parse(next.value) as unknown;
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
