import type pg from 'pg';

/**
 * A pool whose only connection is `client`, inside a transaction that is open already: what takes it for a transaction of its own is a savepoint, and everything
 * together is there or not. One transaction at a time; statements outside of it may come at any time. `began` is called at the beginning of each.
 */
export function poolWithin(client: pg.ClientBase, began: () => Promise<void>): pg.Pool {
  const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
  let isOpen = false;
  const step = async (text: 'begin' | 'commit' | 'rollback'): Promise<unknown> => {
    if (text === 'begin' && isOpen) throw new Error('a transaction within a transaction has one at a time, and another one was begun');
    isOpen = text === 'begin';
    if (text === 'begin') {
      const answer = await query('savepoint within');
      await began();
      return answer;
    }
    return query(text === 'commit' ? 'release savepoint within' : 'rollback to savepoint within');
  };
  const within = new Proxy(client, {
    get(target, key) {
      if (key === 'release') return () => undefined;
      if (key === 'query') return (...args: unknown[]) => (isStep(args[0]) ? step(args[0]) : query(...args));
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return { query, connect: () => Promise.resolve(within) } as unknown as pg.Pool;
}

function isStep(text: unknown): text is 'begin' | 'commit' | 'rollback' {
  return text === 'begin' || text === 'commit' || text === 'rollback';
}
