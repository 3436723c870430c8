import { plural } from '@lingui/core/macro';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type ReactElement, useEffect, useState } from 'react';
import { type Client, type CombinedError, useClient } from 'urql';
import type { ResultOf } from '../../graphql/graphql.js';
import { useWords } from '../../language/use-words.js';
import { Empty, Failed, Loading } from '../../parts/page.js';
import { EVENTS } from './run-query.js';
import { type Picture, type Piece, pictureOf } from './work.js';

const MAX_PAGES = 20;
const LANE = 16;

/** Which worker worked on which part of the roster, and when; idle time is folded. Read from the log, again when the run’s status changes. */
export function RunWork({ runId, done }: { readonly runId: string; readonly done: string }): ReactElement {
  const client = useClient();
  const [pieces, setPieces] = useState<readonly Piece[]>();
  const [error, setError] = useState<CombinedError>();
  useEffect(() => {
    const stop = new AbortController();
    const read = async (): Promise<void> => {
      const found = await piecesOf(client, runId, stop.signal).catch((failure: unknown) => failure as CombinedError);
      if (stop.signal.aborted) return;
      setError(Array.isArray(found) ? undefined : found);
      if (Array.isArray(found)) setPieces(found);
    };
    void read();
    return () => stop.abort();
  }, [client, runId, done]);
  if (error !== undefined) return <Failed error={error} />;
  if (pieces === undefined) return <Loading />;
  if (pieces.length === 0) return <Empty title={<Trans>No worker has begun on it yet.</Trans>} />;
  return <Timeline picture={pictureOf(pieces)} />;
}

/** All pieces of a run, page after page. @throws CombinedError */
async function piecesOf(client: Client, runId: string, signal: AbortSignal): Promise<Piece[]> {
  const found: Piece[] = [];
  let after = null as string | null;
  for (let page = 0; page < MAX_PAGES && !signal.aborted; page += 1) {
    const { data, error }: { data?: ResultOf<typeof EVENTS> | undefined; error?: CombinedError | undefined } = await client
      .query(EVENTS, { id: runId, after }, { requestPolicy: 'network-only' })
      .toPromise();
    if (error !== undefined) throw error;
    const events = data?.run?.events;
    found.push(...(events?.nodes.flatMap(pieceOf) ?? []));
    after = events?.pageInfo.endCursor ?? null;
    if (events?.pageInfo.hasNextPage !== true) break;
  }
  return found;
}

function pieceOf(event: { readonly type: string; readonly data: unknown; readonly actor: string; readonly recordedAt: string }): Piece[] {
  if (event.type !== 'ChunkProgressed' && event.type !== 'ChunkCompleted') return [];
  const {
    chunk = 0,
    durationMs = 0,
    generated = 0,
    skipped = 0,
    failed = 0,
    cancelled = 0,
  } = event.data as Readonly<Record<string, number>>;
  const to = Date.parse(event.recordedAt);
  return [{ chunk, worker: event.actor, from: to - Math.max(1, durationMs), to, users: generated + skipped + failed + cancelled, failed }];
}

function Timeline({ picture: { workers, gaps } }: { readonly picture: Picture }): ReactElement {
  const { t } = useLingui();
  const { count, duration } = useWords();
  return (
    <div className="work">
      {workers.map(({ worker, lanes, users, busyMs }) => (
        <section key={worker}>
          <h3>
            <span className="mono">{worker.slice(0, 8)}</span>{' '}
            <span className="soft">
              <Trans>
                <Plural value={lanes.length} one="# lane" other="# lanes" />, <Plural value={users} one="# patient" other="# patients" />,{' '}
                {duration(busyMs)} of work
              </Trans>
            </span>
          </h3>
          <svg
            className="work-lanes"
            height={lanes.length * LANE}
            viewBox={`0 0 1000 ${lanes.length * LANE}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={t`Parts of the roster over time: ${count(lanes.flat().length)} in ${plural(lanes.length, { one: '# lane', other: '# lanes' })}`}
          >
            {lanes.flatMap((lane, row) =>
              lane.map(({ chunk, from, to, x, width, users: of, failed }) => (
                <rect
                  key={`${chunk} ${from}`}
                  className={failed > 0 ? 'fill-failed' : 'fill-generated'}
                  x={x * 1000}
                  y={row * LANE + 2}
                  width={Math.max(1.5, width * 1000 - 0.8)}
                  height={LANE - 4}
                >
                  <title>{t`part ${count(chunk + 1)}: ${plural(of, { one: '# patient', other: '# patients' })} in ${duration(to - from)}`}</title>
                </rect>
              )),
            )}
            {gaps.map(({ at }) => (
              <line key={at} x1={at * 1000} x2={at * 1000} y1="0" y2={lanes.length * LANE} className="fold" />
            ))}
          </svg>
        </section>
      ))}
      {workers.some(({ lanes }) => lanes.flat().some(({ failed }) => failed > 0)) && (
        <p className="hint">
          <Trans>In a red part at least one patient failed.</Trans>
        </p>
      )}
      {gaps.length > 0 && (
        <p className="hint">
          <Trans>Dashed lines stand for time in which no worker worked: {gaps.map(({ ms }) => duration(ms)).join(', ')}.</Trans>
        </p>
      )}
    </div>
  );
}
