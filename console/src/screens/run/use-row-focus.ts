import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

/** Rows that a page key moves by. */
const PAGE = 10;

/**
 * Moves through the rows of a long list by arrows, page keys, Home and End. One row alone is reached by Tab: with a link each, a list of a hundred
 * thousand patients would have no end by keyboard.
 */
export function useRowFocus(
  list: RefObject<HTMLElement | null>,
  rows: number,
  scrollTo: (row: number) => void,
): { readonly at: number; readonly onKeyDown: (event: KeyboardEvent) => void } {
  const [at, setAt] = useState(0);
  const wanted = useRef<number>(undefined);
  const give = (): void => {
    if (wanted.current === undefined) return;
    const link = list.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (link == null) return;
    wanted.current = undefined;
    link.focus({ preventScroll: true });
  };
  // The row may have to be drawn first, so it is looked for after each drawing until it is there.
  useEffect(give);
  const onKeyDown = (event: KeyboardEvent): void => {
    const isInRow = event.target !== event.currentTarget;
    const next = {
      ArrowDown: isInRow ? at + 1 : at,
      ArrowUp: at - 1,
      PageDown: at + PAGE,
      PageUp: at - PAGE,
      Home: 0,
      End: rows - 1,
    }[event.key];
    if (next === undefined || rows === 0) return;
    event.preventDefault();
    const row = Math.min(rows - 1, Math.max(0, next));
    wanted.current = row;
    setAt(row);
    scrollTo(row);
    give();
  };
  return { at: Math.min(at, Math.max(0, rows - 1)), onKeyDown };
}
