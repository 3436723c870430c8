import { afterAll, beforeAll, describe } from '@jest/globals';
import { openMongoPlace, openPostgresPlace, type OpenPlace } from './job-places.js';
import { findMongo, startMongod, type TestMongod } from './mongodb.js';

export * from './job-places.js';

const mongo = await findMongo();

/** The MongoDB that tests run on, or why they do not: for tests of MongoDB alone. */
export const MONGO = mongo;

/** Runs a suite on every kind of job store: PostgreSQL, and MongoDB where there is one. The title says which. */
export function describeOnJobStores(subject: string, suite: (open: OpenPlace) => void): void {
  describe(`${subject} (on PostgreSQL)`, () => suite(openPostgresPlace));
  describeOnMongo(subject, suite);
}

/** Runs a suite on MongoDB, or skips it and says why. */
export function describeOnMongo(subject: string, suite: (open: OpenPlace) => void): void {
  if (mongo.from === 'nowhere') {
    console.log(`skipped on MongoDB: ${mongo.reason}`);
    describe.skip(`${subject} (on MongoDB: ${mongo.reason})`, () => suite(openPostgresPlace));
    return;
  }
  describe(`${subject} (on MongoDB: ${mongo.kind})`, () => {
    let server: TestMongod;
    beforeAll(async () => {
      server = await startMongod(mongo);
    });
    afterAll(async () => server[Symbol.asyncDispose]());
    suite((_databaseUrl, isCut) => openMongoPlace(server.url, isCut));
  });
}
