import { useEffect, useState } from 'react';
import type { CombinedError } from 'urql';

/** A page of a list. */
export interface ListPage<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** What was answered for a further page. */
export interface Further<Node> {
  readonly page?: ListPage<Node> | undefined;
  readonly error?: CombinedError | undefined;
}

/** What follows the first page of a list, as far as it has come. */
export interface Rest<Node> {
  readonly nodes: readonly Node[];
  readonly isWhole: boolean;
  readonly error?: CombinedError | undefined;
}

const NO_REST: Rest<never> = { nodes: [], isWhole: true };

/**
 * What a list has behind its first page, asked for page by page, again whenever the first one changes; meanwhile what was known stays. For screens that count or
 * judge all of a list. One that cannot be had leaves the last one standing. @param ask the same function each time
 */
export function useRest<Node>(first: ListPage<Node> | undefined, ask: (after: string) => Promise<Further<Node>>): Rest<Node> {
  const [rest, setRest] = useState<Rest<Node>>({ nodes: [], isWhole: false });
  useEffect(() => {
    const leaving = new AbortController();
    const fetchAll = async (): Promise<void> => {
      const found: Node[] = [];
      for (let after = next(first); after !== null && !leaving.signal.aborted;) {
        const { page, error } = await ask(after);
        if (error !== undefined && !leaving.signal.aborted) setRest((known) => ({ ...(known.isWhole ? known : { nodes: found, isWhole: false }), error })); // prettier-ignore
        if (error !== undefined) return;
        found.push(...(page?.nodes ?? []));
        after = next(page);
      }
      if (!leaving.signal.aborted) setRest({ nodes: found, isWhole: first !== undefined });
    };
    void fetchAll();
    return () => leaving.abort();
  }, [first, ask]);
  return first !== undefined && next(first) === null ? NO_REST : rest;
}

/** Where the next page begins; null behind the last one. */
function next(page: Pick<ListPage<unknown>, 'pageInfo'> | undefined): string | null {
  return page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null;
}
