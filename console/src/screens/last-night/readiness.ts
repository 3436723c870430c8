import { useEffect, useState } from 'react';

/** Something that readiness finds amiss, by the doctor's word for it. */
export interface Amiss {
  readonly code: string;
  readonly level: 'WARNING' | 'PROBLEM';
}

const EVERY_MS = 60_000;
const NONE: readonly Amiss[] = [];

/** What `/readyz` finds amiss now, asked for once a minute while the page is looked at. Nothing where it cannot be asked: the connection's own words tell that. */
export function useReadiness(): readonly Amiss[] {
  const [amiss, setAmiss] = useState(NONE);
  useEffect(() => {
    const ask = async (): Promise<void> => {
      if (!document.hidden) setAmiss(await askReadiness().catch(() => NONE));
    };
    void ask();
    const timer = setInterval(() => void ask(), EVERY_MS);
    return () => clearInterval(timer);
  }, []);
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
