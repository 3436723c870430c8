import { openMongoPlace, openPostgresPlace, type OpenPlace } from '../../support/job-places.js';
import { findMongo, startMongod, type MongoPlace } from '../../support/mongodb.js';

/** Where Agenda keeps its jobs. */
export type StoreKind = 'PostgreSQL' | 'MongoDB';

let found: Promise<MongoPlace> | undefined;

/** Why there is no store of a kind on this machine; undefined where there is one. */
export async function lacksStore(kind: StoreKind): Promise<string | undefined> {
  const mongo = kind === 'MongoDB' ? await (found ??= findMongo()) : undefined;
  return mongo?.from === 'nowhere' ? mongo.reason : undefined;
}

/** How to open places for jobs on a kind of store, and how to end its server. @throws where there is none, which `lacksStore` tells */
export async function jobStore(kind: StoreKind): Promise<{ readonly open: OpenPlace } & AsyncDisposable> {
  if (kind === 'PostgreSQL') return { open: openPostgresPlace, [Symbol.asyncDispose]: () => Promise.resolve() };
  const mongo = await (found ??= findMongo());
  if (mongo.from === 'nowhere') throw new Error(mongo.reason);
  const server = await startMongod(mongo);
  return {
    open: (_url, isCut) => openMongoPlace(server.url, isCut),
    [Symbol.asyncDispose]: () => Promise.resolve(server[Symbol.asyncDispose]()),
  };
}
