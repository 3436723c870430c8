import { useRouter } from '@tanstack/react-router';
import { useCallback, useState } from 'react';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Of each list of a screen, the cursors of the pages that were gone through. */
    readonly pages?: Readonly<Record<string, readonly string[]>>;
  }
}

/** The cursors of the pages of a list that were gone through, the newest page without one. */
export interface Pages {
  readonly pages: readonly string[];
  readonly turn: (pages: readonly string[]) => void;
  /** Looks anew at which page stands in this entry of the browser's history: another filter has another entry. */
  readonly look: () => void;
}

const NONE: readonly string[] = [];

/** Which page of a list is shown. It is kept in the browser's entry of the screen: who comes Back from what a page led to finds that page. @param list tells the lists of a screen apart */
export function usePages(list: string): Pages {
  const router = useRouter();
  const kept = useCallback(() => router.latestLocation.state.pages?.[list] ?? NONE, [router, list]);
  const [pages, setPages] = useState(kept);
  const turn = (next: readonly string[]): void => {
    setPages(next);
    const pagesOf = { ...router.latestLocation.state.pages, [list]: next };
    void router.navigate({ to: '.', search: true, replace: true, resetScroll: false, state: (now) => ({ ...now, pages: pagesOf }) });
  };
  return { pages, turn, look: useCallback(() => setPages(kept()), [kept]) };
}
