import DataLoader from 'dataloader';
import type { Page, Pages } from '../projections/queries/keyset.js';

/** A page of one owner's list: which of them, and in what way it is asked for. */
export interface PageOf<Owner, Ask> {
  readonly owner: Owner;
  readonly ask: Ask;
}

/** Loads pages of many owners: those that are asked for in the same way share a statement. */
export type PageLoader<Owner, Ask, Row> = DataLoader<PageOf<Owner, Ask>, Page<Row>, string>;

const EMPTY: Page<never> = { rows: [], hasNext: false };

/** Makes a loader of pages. `load` reads the same page of several owners, and leaves out who has none. */
export function pageLoader<Owner, Ask, Row>(
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
  return new DataLoader(batch, { cacheKeyFn: ({ owner, ask }) => `${idOf(owner)} ${JSON.stringify(ask)}` });
}
