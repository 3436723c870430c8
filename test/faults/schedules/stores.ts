import { openMongoPlace, openPostgresPlace, type OpenPlace } from '../../support/job-places.js';
import { findMongo, startMongod, type MongoPlace } from '../../support/mongodb.js';
import type { NotMeasured } from '../fault.js';

/** Where Agenda keeps its jobs. */
export type StoreKind = 'PostgreSQL' | 'MongoDB';

let found: Promise<MongoPlace> | undefined;

/** How to open places for jobs on a kind of store, and how to end its server; why not, where there is none. */
export async function jobStore(kind: StoreKind): Promise<({ readonly open: OpenPlace } & AsyncDisposable) | NotMeasured> {
  if (kind === 'PostgreSQL') return { open: openPostgresPlace, [Symbol.asyncDispose]: () => Promise.resolve() };
  const mongo = await (found ??= findMongo());
  if (mongo.from === 'nowhere') return { notMeasured: mongo.reason };
  const server = await startMongod(mongo);
  return {
    open: (_url, isCut) => openMongoPlace(server.url, isCut),
    [Symbol.asyncDispose]: () => Promise.resolve(server[Symbol.asyncDispose]()),
  };
}
