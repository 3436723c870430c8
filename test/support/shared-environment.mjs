import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

/**
 * One environment for all test files of a project that a jest worker runs, so that what the service and its libraries load is loaded and compiled once a
 * worker and not once a file (see shared-runtime.mjs). What a file may leave behind is put back before the next: variables of the process, `fetch`, timers.
 */
class KeptEnvironment extends TestEnvironment {
  /** Tells the runtime that it may keep modules. */
  sharesModules = true;

  // jest would lay a proxy under the global object, to sweep up after each file. Every `Map` and `Promise` that a module names then goes through Node's
  // interceptor and that proxy, a fifth of a test's CPU. A plain global object does for one that is kept.
  constructor(...args) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...args);
    } finally {
      vm.createContext = createContext;
    }
  }

  #variables = { ...this.global.process.env };
  #fetch = this.global.fetch;

  teardown() {
    this.putBack();
    return Promise.resolve();
  }

  putBack() {
    const { env } = this.global.process;
    for (const name of Object.keys(env)) if (!(name in this.#variables)) delete env[name];
    Object.assign(env, this.#variables);
    this.global.fetch = this.#fetch;
    this.fakeTimersModern.useRealTimers();
  }
}

// A worker that has nothing open ends now, and not after Node gave back its heap of some hundred megabytes, piece by piece: that takes longer than the half
// second after which jest says that something was left open. `beforeExit` comes only when nothing is, so a handle that is left is still told of.
if (process.send !== undefined) process.once('beforeExit', () => process.exit());

/** The environments of this worker by project. */
const kept = new Map();

/** What jest makes for each file: a file that replaces modules takes an environment of its own by its first comment, `@jest-environment node`. */
export default function SharedEnvironment(config, context) {
  const { id } = config.projectConfig;
  const environment = kept.get(id) ?? new KeptEnvironment(config, context);
  kept.set(id, environment);
  environment.putBack();
  return environment;
}
