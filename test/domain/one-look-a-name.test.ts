import { expect, it } from '@jest/globals';
import { lookOnceAName } from '../../src/jobs/one-look-a-name.js';

type Looks = Parameters<typeof lookOnceAName>[0];

/** A store that answers when it is told to. */
function slowStore(): { readonly db: Looks; readonly asked: string[]; readonly answer: (error?: Error) => void } {
  const asked: string[] = [];
  const waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  const getNextJobToRun = (name: string): Promise<undefined> => {
    asked.push(name);
    return new Promise<undefined>((resolve, reject) => waiting.push({ resolve: () => resolve(undefined), reject }));
  };
  const answer = (error?: Error): void => {
    for (const { resolve, reject } of waiting.splice(0))
      if (error === undefined) resolve();
      else reject(error);
  };
  return { db: { getNextJobToRun }, asked, answer };
}

it('The store of jobs is asked for the next of a name once at a time, however often Agenda looks while it is slow, and again once it has answered or failed', async () => {
  const { db, asked, answer } = slowStore();
  lookOnceAName(db);
  const look = (name: string): Promise<unknown> => db.getNextJobToRun(name, new Date(0), new Date(0), undefined, undefined);
  const first = [look('a'), look('b')];
  const later = await Promise.all(Array.from({ length: 50 }, () => look('a')));
  expect([asked, new Set(later)]).toEqual([['a', 'b'], new Set([undefined])]);
  answer();
  await Promise.all(first);
  const failing = look('a');
  expect(asked).toEqual(['a', 'b', 'a']);
  answer(new Error('away'));
  await expect(failing).rejects.toThrow('away');
  const again = look('a');
  expect(asked).toEqual(['a', 'b', 'a', 'a']);
  answer();
  await again;
});

it('A look for a job that never ends, as on a connection that was cut, keeps later looks for its name from the store for its time alone', async () => {
  const { db, asked, answer } = slowStore();
  lookOnceAName(db, 5);
  const look = (): Promise<unknown> => db.getNextJobToRun('a', new Date(0), new Date(0), undefined, undefined);
  const looks = [look()];
  while (asked.length < 3) {
    looks.push(look());
    await new Promise(setImmediate);
  }
  expect(asked).toEqual(['a', 'a', 'a']);
  answer();
  expect(new Set(await Promise.all(looks))).toEqual(new Set([undefined]));
});
