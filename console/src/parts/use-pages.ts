import { type HistoryState, useLocation, useRouter } from '@tanstack/react-router';
import { useState } from 'react';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Of each part of a screen that shows some of what it could: what it shows. */
    readonly lists?: Readonly<Record<string, unknown>>;
  }
}

/** The cursors of the pages of a list that were gone through: none at the newest page. */
export type Pages = readonly string[];

const NOTHING: NonNullable<HistoryState['lists']> = {};

/** The newest page of a list. */
export const NEWEST: Pages = [];

/**
 * What a part of a screen shows (the page of a list, what it is narrowed to), where that does not stand in the address: it stands in the browser's entry of
 * the screen. Who comes Back from what it led to finds it so, and another entry of the same screen (a link to it, another filter) begins as `first` says.
 * @param list tells the parts of a screen apart @param first the same object each time
 */
export function useKept<Shown>(list: string, first: Shown): readonly [Shown, (next: Shown) => void] {
  const router = useRouter();
  const [path] = useState(() => router.latestLocation.pathname);
  // Of the screen that is gone to the entry comes first: until it stands, this one keeps what it shows.
  const of = useLocation({ select: ({ pathname, state }) => (pathname === path ? (state.lists ?? NOTHING) : undefined) });
  const here = of === undefined ? undefined : ((of[list] as Shown | undefined) ?? first);
  const [shown, setShown] = useState(here ?? first);
  if (here !== undefined && here !== shown) setShown(here);
  const keep = (next: Shown): void =>
    void router.navigate({
      to: '.',
      search: true,
      replace: true,
      resetScroll: false,
      state: (now) => ({ ...now, lists: { ...now.lists, [list]: next } }),
    });
  return [shown, keep];
}

/** Which page of a list is shown. @param list as for `useKept` */
export const usePages = (list: string): ReturnType<typeof useKept<Pages>> => useKept(list, NEWEST);
