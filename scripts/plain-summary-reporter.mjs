/**
 * Ends a jest run with its figures alone on one line of stdout, for people and programs that read the end of a log. A test file that
 * could not even be loaded counts as a failure: it has no failed test, and must not pass for none.
 */
export default class PlainSummaryReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    process.stdout.write(`${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
  }
}
