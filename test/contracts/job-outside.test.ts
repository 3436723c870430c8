import { AsyncLocalStorage } from 'node:async_hooks';
import type { Agenda, Job } from 'agenda';
import { expect, it } from '@jest/globals';
import { createTestBatch } from '../support/batch-fixture.js';
import { describeOnJobStores } from '../support/job-store-places.js';

const NAME = 'ordered';
/** Short: a job that has run leaves a timer of half of it. */
const LIFETIME_MS = 1_000;

/** Has Agenda begin a job as it does for one that its channel tells of, in whatever called it. */
async function beginHere(agenda: Agenda): Promise<void> {
  const { fn } = agenda.definitions[NAME] ?? {};
  if (fn === undefined || fn.length === 2) throw new Error('the job has no handler that Agenda waits for');
  await (fn as (job: Job) => Promise<void>)(agenda.create(NAME, {}));
}

describeOnJobStores('a job', (openPlace) => {
  // Agenda's channel may listen over a connection that a caller's order had its pool make: what that connection tells of is begun within the order.
  it.each<[where: string, begin: (agenda: Agenda) => Promise<unknown>]>([
    ['the order that made it', async (agenda) => agenda.now(NAME, {})],
    ['a connection that an operation made', beginHere],
    ['the end of another job', async (agenda) => beginHere(agenda).then(() => beginHere(agenda))],
  ])('that is begun within %s is no part of the operation, whose end would end its statements', async (_where, begin) => {
    const operation = new AsyncLocalStorage<string>();
    const batch = await createTestBatch({ users: 0 });
    try {
      await using place = await openPlace(batch.url);
      const store = place.open('one');
      await using _ = { [Symbol.asyncDispose]: () => store.stop(1_000) };
      const within: string[] = [];
      const { promise: begun, resolve } = Promise.withResolvers<void>();
      await store.start();
      await store.whenOpen(async (agenda) => {
        const handler = async (): Promise<void> => {
          within.push(operation.getStore() ?? 'none');
          await Promise.resolve(); // and what it does next
          within.push(operation.getStore() ?? 'none');
          resolve();
        };
        // oxlint-disable-next-line typescript/no-misused-promises -- the overload for promises stands second, and the rule reads the first
        agenda.define(NAME, handler, { concurrency: 1, lockLimit: 1, lockLifetime: LIFETIME_MS });
        await operation.run('a caller’s', () => begin(agenda));
      });
      await begun;
      expect(new Set(within)).toEqual(new Set(['none']));
    } finally {
      await batch.close();
    }
  });
});
