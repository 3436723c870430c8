/**
 * Says at the end of a jest run what it showed of MongoDB: how many tests ran on which server, or why they did not. Titles carry both
 * (`describeOnJobStores`), so that the line counts what ran and not what was meant to. Change streams need a replica set.
 */
export default class MongodbReporter {
  onRunComplete(_contexts, { testResults }) {
    const tests = testResults.flatMap((file) => file.testResults);
    const found = tests.flatMap(({ ancestorTitles, status }) => {
      const about = ancestorTitles.map((title) => /\(on MongoDB: (.+)\)$/.exec(title)?.[1]).find(Boolean);
      return about === undefined ? [] : [{ about, status }];
    });
    const line = summary(found);
    // With the figures, after everything that others have to say.
    if (line !== undefined) process.once('exit', () => process.stdout.write(`MongoDB: ${line}\n`));
  }
}

function summary(tests) {
  const ran = tests.filter(({ status }) => status === 'passed' || status === 'failed');
  const [first] = ran.length > 0 ? ran : tests;
  if (first === undefined) return undefined;
  if (ran.length === 0) return `${tests.length} tests skipped, ${first.about}`;
  const streams = first.about.includes('replica set') ? 'change streams included' : 'change streams not measured: no replica set';
  return `${ran.length} tests ran on ${first.about}; ${streams}`;
}
