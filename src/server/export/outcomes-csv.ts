import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isUuid } from '../../domain/ids.js';
import type { Caller, Identity } from '../../identity/caller.js';
import { includesRole } from '../../identity/role.js';
import type { OutcomeQueries } from '../../projections/queries/outcome-queries.js';
import { whereEventsAre } from '../../lifecycle/retention/refusal-words.js';
import type { RetentionQueries } from '../../projections/queries/retention-queries.js';
import type { WholeRun } from '../../reads/person-read.js';
import type { RunQueries } from '../../projections/queries/run-queries.js';
import { departureOf } from '../http/graphql-over-http.js';
import { HttpRefusal, STRICT_HEADERS } from '../http/exchange.js';
import { requireOwnPage } from '../http/page-origin.js';
import { STALL_MS } from '../http/sse-endpoint.js';
import { Places } from '../operations/places.js';
import { credentialsOf } from '../session/credentials-of.js';
import { outcomeLines } from './outcome-lines.js';
import { HTTP } from '../http/http-words.js';

/** Where a run's outcomes are had as CSV. */
export const OUTCOMES_CSV_PATH = '/export/outcomes.csv';

/** What exports are made from. */
export interface ExportGround {
  readonly identity: Identity;
  /** Reads of one request. */
  readonly reads: () => {
    readonly runs: Pick<RunQueries, 'byIds'>;
    readonly outcomes: OutcomeQueries;
    readonly retention: RetentionQueries;
  };
  /** Told who is given everybody of a run, before the first line. */
  readonly onExport?: (export_: { readonly caller: string; readonly run: WholeRun }) => void;
  /** Milliseconds that a reader may take nothing. Default 20,000. */
  readonly stallMs?: number;
}

/** Exports at once: of one caller, and of all. Each reads page after page, and takes as long as its reader. */
const AT_ONCE = { each: 2, all: 8, waiting: 0 };

/** Answers `GET /export/outcomes.csv?run=<id>`, and HEAD without a line of it. Rejects with a HttpRefusal for what it refuses. */
export function createOutcomesCsv(ground: ExportGround): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const places = new Places(AT_ONCE);
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      throw new HttpRefusal(405, 'METHOD_NOT_ALLOWED', HTTP.tell('READ_ONLY', { path: OUTCOMES_CSV_PATH }), ['allow', 'GET, HEAD']);
    requireOwnPage(request);
    // Before anything of the request is looked at: who is not known learns nothing of what there is.
    const caller = await callerOf(ground, request);
    const giveBack = places.takeNow(caller.actor);
    if (giveBack === undefined) throw new HttpRefusal(429, 'TOO_MANY_EXPORTS', HTTP.tell('TOO_MANY_EXPORTS'), ['retry-after', '5']);
    // As long as its reader takes: a caller that may not stay any more is hung up on, as on a stream.
    const stopWatching = ground.identity.watch(credentialsOf(request), () => response.destroy());
    try {
      const wanted = { caller: caller.actor, runId: runIdIn(request.url ?? ''), isHeadOnly: request.method === 'HEAD' };
      await answer(ground, wanted, response);
    } finally {
      stopWatching();
      giveBack();
    }
  };
}

async function callerOf({ identity }: ExportGround, request: IncomingMessage): Promise<Caller> {
  const caller = await identity.identify(credentialsOf(request));
  if (includesRole(caller.role, 'viewer')) return caller;
  throw new HttpRefusal(403, 'FORBIDDEN', HTTP.tell('EXPORT_ROLE'));
}

/** @throws HttpRefusal 400 */
function runIdIn(url: string): string {
  const at = url.indexOf('?');
  const [run, ...more] = new URLSearchParams(at < 0 ? '' : url.slice(at)).getAll('run');
  if (run === undefined || more.length > 0 || !isUuid(run)) throw new HttpRefusal(400, 'BAD_REQUEST', HTTP.tell('EXPORT_RUN'));
  return run.toLowerCase();
}

interface Wanted {
  readonly caller: string;
  readonly runId: string;
  /** Whether nothing of it is read. */
  readonly isHeadOnly: boolean;
}

async function answer(
  { reads, onExport, stallMs = STALL_MS }: ExportGround,
  { caller, runId, isHeadOnly }: Wanted,
  response: ServerResponse,
): Promise<void> {
  const { runs, outcomes, retention } = reads();
  const [run] = await runs.byIds([runId]);
  if (run === undefined) throw new HttpRefusal(404, 'RUN_NOT_FOUND', HTTP.tell('EXPORT_NO_RUN', { run: runId }));
  const letGo = (await retention.letGo([run.runMonth])).get(run.runMonth);
  if (letGo !== undefined) throw new HttpRefusal(410, 'BEFORE_RETENTION', whereEventsAre(runId, letGo));
  // One that is broken off counts as whole: how much of it was read is not known.
  if (!isHeadOnly) onExport?.({ caller, run: { runId, month: run.runMonth, users: run.roster ?? 0 } });
  response.writeHead(200, {
    ...STRICT_HEADERS,
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="outcomes-${runId}.csv"`,
  });
  if (isHeadOnly) return void response.end();
  const gone = new AbortController();
  departureOf(response).onLeft(() => gone.abort());
  const left = gone.signal;
  for await (const lines of outcomeLines(outcomes, { runId, month: run.runMonth })) {
    if (left.aborted) return;
    if (!response.write(lines)) await drained(response, left, stallMs);
  }
  if (!left.aborted) response.end();
}

/** Waits until a slow reader has taken what was written; one that takes nothing for too long is hung up on, and a file that ends early says that it is not whole. */
async function drained(response: ServerResponse, gone: AbortSignal, stallMs: number): Promise<void> {
  const late = AbortSignal.timeout(stallMs);
  await once(response, 'drain', { signal: AbortSignal.any([gone, late]) }).catch(() => response.destroy());
}
