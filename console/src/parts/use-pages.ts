import { useLocation, useRouter } from '@tanstack/react-router';
import { useState } from 'react';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Of each list of a screen, the cursors of the pages that were gone through. */
    readonly pages?: Readonly<Record<string, readonly string[]>>;
  }
}

const NONE: readonly string[] = [];

/** The cursors of the pages of a list that were gone through, the newest page without one. */
export interface Pages {
  readonly pages: readonly string[];
  readonly turn: (pages: readonly string[]) => void;
}

/**
 * Which page of a list is shown: the one that stands in the browser's entry of the screen. Who comes Back from what a page led to finds that page, and another
 * entry of the same screen (a link to it, another filter) begins at the newest. @param list tells the lists of a screen apart
 */
export function usePages(list: string): Pages {
  const router = useRouter();
  const [path] = useState(() => router.latestLocation.pathname);
  // Of the screen that is gone to the entry comes first: until it stands, this one keeps its page.
  const here = useLocation({ select: ({ pathname, state }) => (pathname === path ? (state.pages?.[list] ?? NONE) : undefined) });
  const [pages, setPages] = useState(here ?? NONE);
  if (here !== undefined && here !== pages) setPages(here);
  const turn = (next: readonly string[]): void =>
    void router.navigate({
      to: '.',
      search: true,
      replace: true,
      resetScroll: false,
      state: (now) => ({ ...now, pages: { ...now.pages, [list]: next } }),
    });
  return { pages, turn };
}
