import { createRequire } from 'node:module';
import { sep } from 'node:path';

const { default: Runtime } = createRequire(import.meta.url)('jest-runtime');

/**
 * jest's module loader, kept from one test file of a worker to the next where the environment is shared. Loading the service and its libraries (some 1,100
 * modules, compiled anew for each file) took more than half of a short file's time. Test files and what lies beside them are loaded anew for each file as
 * ever, and so is the test framework, which keeps a file's tests. The service's modules live as long as the worker, as they do in a process of the service.
 */
class KeptRuntime extends Runtime {
  begin(testPath) {
    this.esmLoader.testPath = testPath;
    this.testState.state = 'loading';
  }

  teardown() {
    this.restoreAllMocks();
    const { registries } = this;
    forget(registries.getActiveEsmRegistry(), (key) => key.startsWith(TESTS) || key.startsWith('@jest/globals'));
    forget(registries.getInternalCjsRegistry(), (key) => key.includes(FRAMEWORK));
    this.testMainModule.reset();
    this.jestGlobals.clearJestObjectCache();
    this.loggedReferenceErrors.clear();
  }
}

const TESTS = new URL('../', import.meta.url).href;
const FRAMEWORK = `${sep}jest-circus${sep}`;

function forget(registry, isOfFile) {
  for (const key of registry.keys()) if (isOfFile(key)) registry.delete(key);
}

/** The runtimes of this worker by project. */
const kept = new Map();

/** What jest makes for each file. */
export default function SharedRuntime(...args) {
  const [{ id }, environment, , , , , testPath] = args;
  if (environment.sharesModules !== true) return new Runtime(...args);
  const runtime = kept.get(id) ?? new KeptRuntime(...args);
  kept.set(id, runtime);
  runtime.begin(testPath);
  return runtime;
}
