import { useLingui } from '@lingui/react/macro';
import { type ReactElement, useRef } from 'react';

/** Leads to the newer and the older page of a list, and to its first row: the reader is at the last one then. @param pages the cursors of the pages that were gone through, the newest page without one */
export function Pager(props: {
  readonly pages: readonly string[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly onPages: (pages: string[]) => void;
  /** Tells it from another list's on the same screen. */
  readonly label?: string;
  /** Names of the buttons, of a list that has no newer and older. */
  readonly names?: readonly [back: string, further: string];
}): ReactElement {
  const { t } = useLingui();
  const { pages, pageInfo, onPages, label = t`Pages of the list`, names = [t`Newer`, t`Older`] } = props;
  const { hasNextPage, endCursor } = pageInfo;
  const nav = useRef<HTMLElement>(null);
  const go = (next: string[]): void => {
    const list = nav.current?.parentElement;
    if (list != null && list.getBoundingClientRect().top < 0) list.scrollIntoView();
    onPages(next);
  };
  return (
    <nav className="pages" aria-label={label} ref={nav}>
      {pages.length > 0 && (
        <button type="button" className="button" onClick={() => go(pages.slice(0, -1))}>
          {names[0]}
        </button>
      )}
      {/* While the page that was asked for is on its way, `endCursor` is that of the one before: it is not gone to twice. */}
      {hasNextPage && endCursor !== null && (
        <button type="button" className="button" onClick={() => pages.at(-1) !== endCursor && go([...pages, endCursor])}>
          {names[1]}
        </button>
      )}
    </nav>
  );
}
