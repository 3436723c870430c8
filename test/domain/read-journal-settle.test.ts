import { expect, it } from '@jest/globals';
import { ReadJournal } from '../../src/reads/read-journal.js';
import { until } from '../support/until.js';

const seen = (userIds: readonly number[]) => [{ what: 'Outcome', fields: ['outcome'], userIds }];

it('A journal of reads records what came while it was settled, without waiting for another read', async () => {
  const recorded: string[] = [];
  const journal: ReadJournal = new ReadJournal({
    write: async ({ reads }) => {
      recorded.push(...reads.map(({ caller }) => caller));
      // Longer than the timer of the first read, which finds the second write under way.
      if (recorded.length === 1) await new Promise((resolve) => setTimeout(resolve, 20));
      if (recorded.length === 2) journal.note('token:late', 'GRAPHQL', seen([1]));
    },
    onFailure: () => undefined,
    onRecovery: () => undefined,
    onLost: () => undefined,
  });
  journal.note('token:many', 'GRAPHQL', seen(Array.from({ length: 20_000 }, (_, at) => at)));
  journal.note('token:one', 'GRAPHQL', seen([1]));
  await journal.settle(5_000);
  await until(() => Promise.resolve(recorded.length === 3));
  expect(recorded).toEqual(['token:many', 'token:one', 'token:late']);
  await journal.close(1_000);
});
