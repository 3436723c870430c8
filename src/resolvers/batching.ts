import DataLoader from 'dataloader';
import type { Page, Pages } from '../database/keyset.js';

/** Decides when a batch has gathered what it can, and sends it. */
export type Schedule = (send: () => void) => void;

/** A page of one owner's list: which of them, and in what way it is asked for. */
export interface PageOf<Owner, Ask> {
  readonly owner: Owner;
  readonly ask: Ask;
}

/** Loads pages of many owners: those that are asked for in the same way share a statement. */
export type PageLoader<Owner, Ask, Row> = DataLoader<PageOf<Owner, Ask>, Page<Row>, string>;

const EMPTY: Page<never> = { rows: [], hasNext: false };

/** Makes the loaders of one request: what many nodes ask for in the same moment costs one statement. */
export class Batching {
  /** @param schedule without one a batch is sent when nothing is left to do in the same turn of the process */
  constructor(private readonly schedule?: Schedule) {}

  /** A loader whose `load` gives values in the order of keys. Keys that are objects need a text to be told apart by. */
  inOrder<K, V, C = K>(load: (keys: readonly K[]) => Promise<readonly V[]>, cacheKeyFn?: (key: K) => C): DataLoader<K, V, C> {
    const { schedule } = this;
    return new DataLoader(load, { ...(cacheKeyFn && { cacheKeyFn }), ...(schedule && { batchScheduleFn: schedule }) });
  }

  /** A loader of single things: `load` gives those of many keys in any order, `keyOf` says which is whose. A key without one gives undefined. */
  byKey<K, V>(load: (keys: readonly K[]) => Promise<V[]>, keyOf: (value: V) => K): DataLoader<K, V | undefined> {
    return this.inOrder(async (keys: readonly K[]) => {
      const found = new Map((await load(keys)).map((value) => [keyOf(value), value]));
      return keys.map((key) => found.get(key));
    });
  }

  /** A loader of pages. `load` reads the same page of several owners, and leaves out who has none. */
  pages<Owner, Ask, Row>(
    idOf: (owner: Owner) => string,
    load: (owners: readonly Owner[], ask: Ask) => Promise<Pages<Row>>,
  ): PageLoader<Owner, Ask, Row> {
    const batch = async (keys: readonly PageOf<Owner, Ask>[]): Promise<Page<Row>[]> => {
      const loaded = new Map<string, Pages<Row>>();
      for (const [way, same] of Map.groupBy(keys, ({ ask }) => JSON.stringify(ask))) {
        const [{ ask }] = same as [PageOf<Owner, Ask>];
        loaded.set(way, await load(same.map(({ owner }) => owner), ask)); // prettier-ignore
      }
      return keys.map(({ owner, ask }) => loaded.get(JSON.stringify(ask))?.get(idOf(owner)) ?? EMPTY);
    };
    return this.inOrder(batch, ({ owner, ask }) => `${idOf(owner)} ${JSON.stringify(ask)}`);
  }
}
