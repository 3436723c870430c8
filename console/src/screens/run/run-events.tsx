import { Trans } from '@lingui/react/macro';
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import { EventWords } from '../../parts/event-words.js';
import { Empty, Failed, Loading } from '../../parts/page.js';
import { Time } from '../../parts/time.js';
import type { ResultOf } from '../../graphql/graphql.js';
import { EVENTS } from './run-query.js';

type RunEvent = NonNullable<ResultOf<typeof EVENTS>['run']>['events']['nodes'][number];

/** What happened to a run, in order: who did what, when and why. Asked for again when its status changes. */
export function RunEvents({ runId, done }: { readonly runId: string; readonly done: string }): ReactElement {
  const client = useClient();
  const [events, setEvents] = useState<readonly RunEvent[]>([]);
  const [after, setAfter] = useState<string | null>(null);
  const [state, setState] = useState<'asked' | 'more' | 'all'>('asked');
  const [error, setError] = useState<CombinedError>();
  const turn = useRef(0);
  const fetchAfter = useCallback(
    async (from: string | null, before: readonly RunEvent[]): Promise<void> => {
      const mine = (turn.current += 1);
      setState('asked');
      const result = await client.query(EVENTS, { id: runId, after: from }, { requestPolicy: 'network-only' }).toPromise();
      if (mine !== turn.current) return; // it was asked for anew meanwhile
      setError(result.error);
      const page = result.data?.run?.events;
      setEvents([...before, ...(page?.nodes ?? [])]);
      setAfter(page?.pageInfo.endCursor ?? null);
      setState(page?.pageInfo.hasNextPage === true ? 'more' : 'all');
    },
    [client, runId],
  );
  useEffect(() => void fetchAfter(null, []), [fetchAfter, done]);
  if (error !== undefined) return <Failed error={error} again={() => void fetchAfter(null, [])} />;
  if (events.length === 0) return state === 'asked' ? <Loading /> : <Empty title={<Trans>Nothing has happened yet.</Trans>} />;
  return (
    <>
      <ol className="events">
        {events.map((event) => (
          <li key={event.cursor}>
            <Time at={event.recordedAt} style="full" />
            <EventWords event={event} />
          </li>
        ))}
      </ol>
      {state === 'more' && (
        <button type="button" className="button" onClick={() => void fetchAfter(after, events)}>
          <Trans>Show more</Trans>
        </button>
      )}
    </>
  );
}
