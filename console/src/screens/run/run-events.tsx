import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useCallback, useEffect, useRef, useState } from 'react';
import { type CombinedError, useClient } from 'urql';
import { useWords } from '../../language/use-words.js';
import { Actor } from '../../parts/actor.js';
import { Empty, Failed, Loading } from '../../parts/page.js';
import { changesIn } from '../../parts/schedule-changes.js';
import { Time } from '../../parts/time.js';
import { causeOfFailure } from '../../runs/run-failure.js';
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

/** An event in words: what it was, what stands in it, and who did it. */
export function EventWords({
  event,
}: {
  readonly event: { readonly type: string; readonly data: unknown; readonly actor: string };
}): ReactElement {
  const { name } = useWords();
  return (
    <div>
      <p>
        {name('EventType', event.type)} <EventDetail event={event} />
      </p>
      <p className="soft">
        <Actor actor={event.actor} />
      </p>
    </div>
  );
}

function EventDetail({ event }: { readonly event: { readonly type: string; readonly data: unknown } }): ReactElement | null {
  const { t } = useLingui();
  const { count, language, name, words } = useWords();
  const data = (event.data ?? {}) as Readonly<Record<string, unknown>>;
  const parts: string[] = [];
  if (typeof data['cause'] === 'string')
    parts.push(name(event.type === 'RolloutStopped' ? 'RolloutStopCause' : 'PauseCause', data['cause']));
  // A run that pauses of its own accord says why in English, for the log.
  if (typeof data['reason'] === 'string' && (data['cause'] ?? 'OPERATOR') === 'OPERATOR') {
    const known = name('SlotSkipReason', data['reason']);
    parts.push(known === data['reason'] ? `“${known}”` : known);
  }
  if (event.type === 'ScheduleChanged') parts.push(...changesIn(data['changes'], { language, name, none: t`none` }));
  if (typeof data['code'] === 'string')
    parts.push(event.type === 'RunFailed' ? causeOfFailure(words, data['code']).name : name('ErrorCode', data['code']));
  if (typeof data['sharePercent'] === 'number') parts.push(`${data['sharePercent']} %`);
  if (typeof data['chunk'] === 'number') parts.push(t`part ${count(data['chunk'] + 1)}`);
  if (typeof data['roster'] === 'number') parts.push(t`${plural(data['roster'], { one: '# patient', other: '# patients' })}`);
  for (const each of ['generated', 'skipped', 'failed', 'cancelled'] as const) {
    const value = data[each];
    if (typeof value === 'number' && value > 0) parts.push(`${name('OutcomeKind', each.toUpperCase())} ${count(value)}`);
  }
  return parts.length === 0 ? null : <span className="soft">— {parts.join(' · ')}</span>;
}
