import { Client, Pool } from 'pg';
import { traced } from '../base/tracing.js';

type Query = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Tells of each statement of PostgreSQL's driver that is asked for in a span: its first word and how many rows came, never its text, which holds values where
 * a library pastes them. @returns how to stop it
 */
export function traceStatements(isInSpan: () => boolean): () => void {
  // A pool's own statement reaches its client with a callback, and is told of once, by the pool.
  const restore = [Client.prototype, Pool.prototype].map((prototype) => wrap(prototype, isInSpan));
  return () => {
    for (const each of restore) each();
  };
}

function wrap(prototype: object, isInSpan: () => boolean): () => void {
  const before = Reflect.getOwnPropertyDescriptor(prototype, 'query');
  const query = Reflect.get(prototype, 'query') as Query;
  const own: Query = function (this: unknown, ...args) {
    if (!isInSpan() || typeof args.at(-1) === 'function') return query.apply(this, args);
    const asked: { answer?: unknown } = {};
    const done = traced('statement', { verb: verbOf(args[0]) }, async (tell) => {
      asked.answer = query.apply(this, args);
      const result = (await asked.answer) as { rowCount?: number | null } | undefined;
      tell({ rows: result?.rowCount ?? undefined });
      return result;
    });
    // A stream of rows (COPY) is no promise: it is handed over as it is.
    if (asked.answer instanceof Promise) return done;
    done.catch(() => undefined);
    return asked.answer;
  };
  Reflect.defineProperty(prototype, 'query', { configurable: true, writable: true, value: own });
  return () => {
    Reflect.deleteProperty(prototype, 'query');
    if (before !== undefined) Reflect.defineProperty(prototype, 'query', before);
  };
}

function verbOf(statement: unknown): string {
  const text = typeof statement === 'string' ? statement : ((statement as { text?: string } | null)?.text ?? '');
  return /^\s*([a-z]{2,12})\b/i.exec(text)?.[1]?.toLowerCase() ?? 'OTHER';
}
