import DataLoader from 'dataloader';

/** A loader of single things: `load` gives those of many keys in any order, `keyOf` says which is whose. A key without one gives undefined. */
export function byKey<K, V>(load: (keys: readonly K[]) => Promise<V[]>, keyOf: (value: V) => K): DataLoader<K, V | undefined> {
  return new DataLoader(async (keys: readonly K[]) => {
    const found = new Map((await load(keys)).map((value) => [keyOf(value), value]));
    return keys.map((key) => found.get(key));
  });
}
