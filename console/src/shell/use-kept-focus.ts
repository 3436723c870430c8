import { useEffect } from 'react';

/** ms in which a dialog gives the focus back to what opened it. */
const SETTLE_MS = 120;

/**
 * Gives the focus to the contents where what had it is gone: a button whose order was carried out, a filter that was taken off, what opened a dialog. The
 * browser would leave it nowhere, and who uses a keyboard would begin at the top again.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let last: Element | undefined;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const note = ({ target }: FocusEvent): void => {
      last = target instanceof Element ? target : undefined;
    };
    const give = (): void => {
      if (last?.isConnected !== false || document.activeElement !== document.body) return;
      last = undefined;
      document.getElementById('main')?.focus({ preventScroll: true });
    };
    const look = (): void => {
      if (last?.isConnected !== false) return;
      clearTimeout(waiting);
      waiting = setTimeout(give, SETTLE_MS);
    };
    document.addEventListener('focusin', note);
    const changes = new MutationObserver(look);
    changes.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', note);
      changes.disconnect();
      clearTimeout(waiting);
    };
  }, []);
}
