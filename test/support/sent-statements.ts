import { createRequire } from 'node:module';
import type pg from 'pg';

/** Jobs, heartbeats and the test's own questions are nobody's request. */
const NOT_ASKED_FOR = /^ibsafe-batch (jobs|test|wake-ups)$/;
const HEARTBEAT = /update batch\.worker/;

type Driver = Pick<typeof pg, 'Client'>;

/** The drivers in use: ours, and the one that MikroORM brings where its version is another. */
function drivers(): Driver[] {
  const ours = createRequire(import.meta.url);
  const theirs = createRequire(ours.resolve('@mikro-orm/postgresql/package.json'));
  return [...new Set([ours('pg') as Driver, theirs('pg') as Driver])];
}

interface Asking {
  readonly connectionParameters?: { readonly application_name?: string };
}

/** The SQL statements that this process sends for its callers while `work` is under way, whichever part of it asks. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const restore = drivers().map((driver) => listenTo(driver, sent));
  try {
    await work();
  } finally {
    for (const undo of restore) undo();
  }
  return sent;
}

function listenTo({ Client: { prototype } }: Driver, sent: string[]): () => void {
  const original = Reflect.get(prototype, 'query') as (this: pg.Client, ...args: unknown[]) => unknown;
  const listening = function (this: pg.Client & Asking, ...args: unknown[]): unknown {
    const [first] = args as [string | { text?: string }];
    const text = typeof first === 'string' ? first : (first.text ?? '');
    if (!NOT_ASKED_FOR.test(this.connectionParameters?.application_name ?? '') && !HEARTBEAT.test(text)) sent.push(text);
    return original.apply(this, args);
  };
  Reflect.set(prototype, 'query', listening);
  return () => void Reflect.set(prototype, 'query', original);
}
