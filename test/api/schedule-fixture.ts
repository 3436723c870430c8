import type pg from 'pg';
import type { Deps } from '../../src/application/ports.js';
import { transactionOn } from '../../src/runtime/transaction.js';
import { dataOf } from '../support/graphql-client.js';
import { createTestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';

/** A service that serves and schedules nothing, on a database of its own that has only the default schedule. */
export interface ScheduleService extends AsyncDisposable {
  readonly url: string;
  readonly pool: pg.Pool;
  readonly deps: Deps;
  /** The use cases at a moment of the test's choosing: it stands still for them. */
  at(time: string): Deps;
  /** Asks the service. @throws for anything but data */
  ask<T = Answers>(operation: string, variables?: object): Promise<T>;
}

/** Root fields by name, as loosely as a test reads them. */
export type Answers = Readonly<Record<string, Answer>>;
// oxlint-disable-next-line typescript/no-explicit-any -- an answer's form is what the tests assert
export type Answer = any;

/** Starts one. Close it with `await using`, or in an `afterAll`. */
export async function startScheduleService(): Promise<ScheduleService> {
  const database = await createTestDatabase();
  const service: TestService = await startTestService(database, { role: 'api' });
  const { deps, pool } = service.core;
  return {
    url: service.url,
    pool,
    deps,
    at: (time) => ({ ...deps, clock: () => new Date(time), transaction: transactionOn(pool, () => Promise.resolve(new Date(time))) }),
    ask: (operation, variables) => dataOf(service.url, operation, variables),
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}

/** What every test of a change reads back. */
export const RESULT = `
fragment result on ScheduleResult {
  kind: __typename
  ... on ScheduleAccepted { schedule { ...state } }
  ... on Error { code message }
  ... on ScheduleInvalid { problems { field found expected } }
  ... on VersionConflict { schedule { ...state } }
}
fragment state on Schedule {
  id name status version frequency hour minute dayOfWeek dayOfMonth cron timeZone active program generator
  catchUp { policy windowHours } overlap pausedReason createdBy description descriptionKo
}`;

export const CREATE = `mutation ($input: ScheduleInput!) { answer: createSchedule(input: $input) { ...result } } ${RESULT}`;
export const UPDATE = `mutation ($id: UUID!, $version: Int!, $input: ScheduleInput!) {
  answer: updateSchedule(id: $id, expectedVersion: $version, input: $input) { ...result }
} ${RESULT}`;
export const PAUSE = `mutation ($id: UUID!, $reason: String!, $version: Int) {
  answer: pauseSchedule(id: $id, reason: $reason, expectedVersion: $version) { ...result }
} ${RESULT}`;
export const RESUME = `mutation ($id: UUID!, $version: Int) { answer: resumeSchedule(id: $id, expectedVersion: $version) { ...result } } ${RESULT}`;
export const DELETE = `mutation ($id: UUID!, $version: Int!) { answer: deleteSchedule(id: $id, expectedVersion: $version) { ...result } } ${RESULT}`;

/** A daily schedule that a test needs no more of. */
export const DAILY_AT_NINE = { name: '아침 중재', frequency: 'DAILY', hour: 9, minute: 0 } as const;
