/**
 * Ends a jest run with its figures alone on one line of stdout, for people and programs that read the end of a log. A test file that
 * could not even be loaded counts as a failure: it has no failed test, and must not pass for none.
 */
export default class PlainSummaryReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    const line = `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`;
    // jest's own summary comes after every other reporter, and the global teardown after that.
    process.once('exit', () => process.stdout.write(line));
  }
}
