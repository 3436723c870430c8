import { type AnyVariables, type CombinedError, type DocumentInput, useQuery } from 'urql';
import { useCallback, useEffect, useState } from 'react';
import { onStir, type Stir } from './live.js';

/** An answer that is asked for again when it may be old. */
export interface Live<Data> {
  /** The last answer there was, also while a newer one cannot be had. */
  readonly data: Data | undefined;
  readonly error: CombinedError | undefined;
  readonly fetching: boolean;
  readonly refresh: () => void;
}

const QUIET_MS = 400;

/**
 * Asks a query and keeps its answer fresh: after orders given here, after the service was away, and (with `runs` or `alerts`) when these change. Changes that
 * follow each other closely are asked about once. `everyMs` is for what no change of a run tells of. While a page is hidden nothing is asked; it is asked when it is looked at again.
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
    readonly runs?: boolean;
    readonly alerts?: boolean;
    readonly everyMs?: number | ((data: Data) => number | undefined);
    readonly pause?: boolean;
    readonly known?: boolean;
  } = {},
): Live<Data> {
  const [result, execute] = useQuery<Data>({ query, variables, pause, requestPolicy: known ? 'cache-first' : 'cache-and-network' });
  const refresh = useCallback(() => execute({ requestPolicy: 'network-only' }), [execute]);
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
  heard: { readonly runs: boolean; readonly alerts: boolean },
  everyMs: number | undefined,
): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let isOld = false;
  const ask = (): void => {
    waiting = undefined;
    if (document.hidden) isOld = true;
    else refresh();
  };
  const later = (what: Stir): void => {
    const isNews = what === 'runs' || what === 'alerts';
    if (isNews && !heard[what]) return;
    waiting ??= setTimeout(ask, isNews ? QUIET_MS : 0);
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
