import type { AnyVariables, CombinedError, DocumentInput } from 'urql';
import { useCallback, useEffect, useState } from 'react';
import { onStir, type Stir } from './live.js';
import { useAsked } from './use-asked.js';

/** An answer that is asked for again when it may be old. */
export interface Live<Data> {
  /** The last answer there was, also while a newer one cannot be had. */
  readonly data: Data | undefined;
  readonly error: CombinedError | undefined;
  readonly fetching: boolean;
  readonly refresh: () => void;
}

/** ms from the first news to the question about it: news that follow each other closely are asked about once, and of a thousand pages not all ask in one moment. */
const quietMs = (): number => 400 + Math.random() * 400;
/** ms between two questions about news, at least: what changes faster, a run's progress, comes by itself. */
const APART_MS = 2_000;

/**
 * Asks a query and keeps its answer fresh: after orders given here, after the service was away, and when runs (with `runs`: any, or the one with an id) or alerts change.
 * Changes that follow each other closely are asked about once. `everyMs` is for what no change of a run tells of. While a page is hidden nothing is asked; it is asked
 * when it is looked at again.
 */
export function useLive<Data, Variables extends AnyVariables>(
  query: DocumentInput<Data, Variables>,
  variables: Variables,
  {
    runs = false,
    alerts = false,
    everyMs,
    pause = false,
    known = false,
  }: {
    readonly runs?: boolean | string;
    readonly alerts?: boolean;
    readonly everyMs?: number | ((data: Data) => number | undefined);
    readonly pause?: boolean;
    readonly known?: boolean;
  } = {},
): Live<Data> {
  const requestPolicy = known ? 'cache-first' : 'cache-and-network';
  const { ask, ...result } = useAsked<Data, AnyVariables>({ query, variables, pause, requestPolicy });
  const refresh = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  const key = JSON.stringify(variables);
  const [kept, keep] = useState<{ readonly key: string; readonly data: Data }>();
  if (result.data !== undefined && !result.stale && (kept?.data !== result.data || kept.key !== key)) keep({ key, data: result.data });
  const data = result.data ?? (kept?.key === key ? kept.data : undefined);
  const beat = typeof everyMs !== 'function' ? everyMs : data === undefined ? undefined : everyMs(data);
  useEffect(() => (pause ? undefined : freshen(refresh, { runs, alerts }, beat)), [refresh, runs, alerts, beat, pause]);
  return { data, error: result.error, fetching: result.fetching, refresh };
}

function freshen(
  refresh: () => void,
  heard: { readonly runs: boolean | string; readonly alerts: boolean },
  everyMs: number | undefined,
): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let isOld = false;
  let askedAt = Number.NEGATIVE_INFINITY;
  const ask = (): void => {
    waiting = undefined;
    if (document.hidden) isOld = true;
    else {
      askedAt = performance.now();
      refresh();
    }
  };
  const later = (what: Stir, runIds?: readonly string[]): void => {
    const isNews = what === 'runs' || what === 'alerts';
    if (isNews && !concerns(heard[what], runIds)) return;
    if (!isNews) clearTimeout(waiting); // what was ordered here is not to wait for the news
    const restMs = askedAt + APART_MS - performance.now();
    if (!isNews || waiting === undefined) waiting = setTimeout(ask, isNews ? Math.max(quietMs(), restMs) : 0);
  };
  const seen = (): void => {
    if (document.hidden || !isOld) return;
    isOld = false;
    refresh();
  };
  const stop = onStir(later);
  document.addEventListener('visibilitychange', seen);
  const timer = everyMs === undefined ? undefined : setInterval(ask, everyMs);
  return () => {
    stop();
    document.removeEventListener('visibilitychange', seen);
    clearTimeout(waiting);
    clearInterval(timer);
  };
}

function concerns(heard: boolean | string, runIds: readonly string[] | undefined): boolean {
  return typeof heard !== 'string' ? heard : runIds === undefined || runIds.includes(heard);
}
