import { useCallback, useEffect, useState } from 'react';
import { onStir } from '../../graphql/live.js';

/** Something that readiness finds amiss, by the doctor's word for it. */
export interface Amiss {
  readonly code: string;
  readonly level: 'WARNING' | 'PROBLEM';
}

const EVERY_MS = 60_000;
const NONE: readonly Amiss[] = [];
/** ms from the news that may have mended something to the question whether it did. */
const SOON_MS = 1_500;

/**
 * What `/readyz` finds amiss now, asked for once a minute while the page is looked at, and where something is amiss also when runs change or an order is given: it may
 * be mended by that. Nothing where it cannot be asked: the connection's own words tell that.
 */
export function useReadiness(): readonly Amiss[] {
  const [amiss, setAmiss] = useState(NONE);
  const isIll = amiss.length > 0;
  const ask = useCallback(async (): Promise<void> => {
    if (!document.hidden) setAmiss(await askReadiness().catch(() => NONE));
  }, []);
  useEffect(() => {
    void ask();
    const timer = setInterval(() => void ask(), EVERY_MS);
    return () => clearInterval(timer);
  }, [ask]);
  useEffect(() => {
    if (!isIll) return undefined;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const again = (): void => {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        void ask();
      }, SOON_MS);
    };
    const stop = onStir(again);
    return () => {
      stop();
      clearTimeout(waiting);
    };
  }, [ask, isIll]);
  return amiss;
}

async function askReadiness(): Promise<readonly Amiss[]> {
  const answer = (await (await fetch('/readyz?report', { headers: { accept: 'application/json' } })).json()) as {
    readonly checks?: { readonly requirements?: { readonly findings?: readonly { readonly check: string; readonly status: string }[] } };
  };
  const findings = answer.checks?.requirements?.findings ?? [];
  return findings.map(({ check, status }) => ({ code: codeOf(check), level: status === 'problem' ? 'PROBLEM' : 'WARNING' }));
}

/** A check's name as the word that the query `doctor` has for it. */
export function codeOf(check: string): string {
  return check
    .toUpperCase()
    .replaceAll("'", '')
    .replaceAll(/[^A-Z0-9]+/g, '_');
}
