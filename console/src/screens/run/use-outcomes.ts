import type { CombinedError } from 'urql';
import { useClient } from 'urql';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Chosen } from './chosen.js';
import { OUTCOMES, type OutcomeRow } from './run-query.js';

interface Pages {
  readonly rows: readonly OutcomeRow[];
  readonly after: string | null;
  readonly more: boolean;
}
const NONE: Pages = { rows: [], after: null, more: true };

/**
 * The outcomes of a run, page after page, of those that were chosen. Begins anew when the choice changes and when `stage` does: where the run has come to, such
 * as its first outcome, a pause and its end.
 */
export function useOutcomes(
  runId: string,
  chosen: Chosen,
  stage: string,
): {
  readonly rows: readonly OutcomeRow[];
  readonly more: boolean;
  readonly fetching: boolean;
  readonly error: CombinedError | undefined;
  readonly fetchMore: () => void;
  readonly again: () => void;
} {
  const client = useClient();
  const { outcome, reason } = chosen;
  const [pages, setPages] = useState(NONE);
  const [fetching, setFetching] = useState(true);
  const [error, setError] = useState<CombinedError>();
  const turn = useRef(0);

  const fetchAfter = useCallback(
    async (from: Pages): Promise<void> => {
      const mine = turn.current;
      setFetching(true);
      const filter = { ...(outcome && { outcomes: [outcome] }), ...(reason && { reasons: [reason] }) };
      const result = await client.query(OUTCOMES, { id: runId, filter, after: from.after }, { requestPolicy: 'network-only' }).toPromise();
      if (mine !== turn.current) return; // the choice has changed meanwhile
      setFetching(false);
      setError(result.error);
      const page = result.data?.run?.outcomes;
      if (page == null) return setPages(result.error === undefined ? { ...from, more: false } : from); // what follows is still there to be asked for
      setPages({ rows: [...from.rows, ...page.nodes], after: page.pageInfo.endCursor, more: page.pageInfo.hasNextPage });
    },
    [client, runId, outcome, reason],
  );
  const again = useCallback(() => {
    turn.current += 1;
    setPages(NONE);
    void fetchAfter(NONE);
  }, [fetchAfter]);
  useEffect(again, [again, stage]);
  const { rows, more } = pages;
  return { rows, more: more && rows.length > 0, fetching, error, again, fetchMore: () => void fetchAfter(pages) };
}
