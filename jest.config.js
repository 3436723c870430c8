import { join, sep } from 'node:path';

/** Folders of the second project: tests that need a browser, programs of the machine, or minutes (test/README.md says which belongs where). */
const DRILLS = '(browser|drills|faults)';

/** What the paths of all tests begin with. As a pattern of jest's own kind, a checkout in a folder `[1]` or `!new` would have none. */
const TESTS = `^${RegExp.escape(join(import.meta.dirname, 'test') + sep)}`;

/** @type {import('jest').Config} */
const shared = {
  testEnvironment: '<rootDir>/test/support/shared-environment.mjs',
  runtime: '<rootDir>/test/support/shared-runtime.mjs',
  roots: ['<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          target: 'es2022',
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

/** @type {import('jest').Config} */
export default {
  projects: [
    { ...shared, displayName: 'main', testRegex: [`${TESTS}(?!${DRILLS}/).+/.+\\.test\\.ts$`] },
    { ...shared, displayName: 'drills', testRegex: [`${TESTS}${DRILLS}/.+\\.test\\.ts$`] },
  ],
  reporters: ['default', '<rootDir>/test/support/mongodb-reporter.mjs', '<rootDir>/scripts/plain-summary-reporter.mjs'],
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  // It ends what never happens; a busy machine may take its time. (jest hears of it here alone.)
  testTimeout: 300_000,
  // A test waits for its database about half of its time: three keep two cores busy.
  maxWorkers: 3,
};
