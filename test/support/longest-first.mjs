import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const { default: Sequencer } = createRequire(require.resolve('jest/package.json'))('@jest/test-sequencer');

/**
 * Files that take longest, the longest first. A fresh checkout has no durations of an earlier run, and jest would go by the size of files: those of the
 * faults, a few lines each that run for minutes, would come last, and the other workers would wait for the last of them.
 */
const LONGEST = [
  'faults/schedules',
  'faults/workers',
  'faults/database',
  'browser/console-looks',
  'faults/llm-outages',
  'faults/model',
  'faults/log',
  'browser/console-run',
  'faults/mutants',
  'drills/first-start',
  'browser/console-last-night',
  'drills/cli-service',
  'browser/console-keyboard',
  'drills/cli-schedule',
  'drills/job-store-processes',
  'drills/hostile-answers',
  'drills/run-killed',
  'browser/console-review-looks',
  'drills/cli-background',
  'browser/console-traffic',
  'drills/alerts-of-each-kind',
  'drills/rolling-upgrade',
  'drills/erased-everywhere',
  'drills/cli-control',
  'drills/demo-history',
  'faults/scheduler-killed',
  'drills/cli-paused',
  'faults/clients',
  'drills/cli-ends',
  'drills/restore',
  'drills/cli-run',
].map((name) => fileURLToPath(new URL(`../${name}.test.ts`, import.meta.url)));

const gone = LONGEST.filter((path) => !existsSync(path));
if (gone.length > 0) throw new Error(`test/support/longest-first.mjs names files that are not there: ${gone.join(', ')}`);

/** jest's order of files (those that failed, then the longest of the last run), but for files of which it knows no duration. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    // oxlint-disable-next-line unicorn/no-array-sort -- it is a sequencer's, and not an array's
    return super.sort(tests).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}

function placeOf({ path, duration }) {
  const place = LONGEST.indexOf(path);
  return place === -1 || duration !== undefined ? LONGEST.length : place;
}
