import { MEDIA, send, type Exchange } from './exchange.js';
import type { HttpServerOptions, OwedAnswer, Readiness } from './options.js';
import type { ErrorDesk } from './unexpected-errors.js';

/** A readiness check that takes longer than this, in milliseconds, counts as failed: the caller has given up by then. */
const READINESS_MS = 5_000;

/** What `/healthz`, `/readyz` and `/metrics` need. */
export interface StatusSource {
  readonly readiness: () => Promise<Readiness>;
  readonly owedNights?: HttpServerOptions<object>['owedNights'];
  readonly metrics?: HttpServerOptions<object>['metrics'];
  readonly errors: Pick<ErrorDesk, 'report'>;
}

/** Alive: the process answers. Says nothing of its dependencies, so that a failing database restarts no process. */
export function answerHealth(exchange: Exchange): void {
  send(exchange, { status: 200, mediaType: MEDIA.json, body: '{"status":"ok"}' });
}

/** Ready: 200, or 503 with the names of the checks that fail. `?report` asks to read the same and not to be turned away: 200 either way, as a page wants it. */
export async function answerReadiness(exchange: Exchange, source: StatusSource): Promise<void> {
  const { owedNights } = source;
  if (owedNights !== undefined && asks(exchange, 'ready-by')) return answerOwed(exchange, source, owedNights);
  const { ready, checks } = await readinessOrFailure(exchange, source);
  const failing = Object.keys(checks).filter((name) => checks[name]?.ok !== true);
  const isReady = ready && failing.length === 0;
  const body = JSON.stringify({ ready: isReady, failing, checks });
  send(exchange, { status: isReady || asks(exchange, 'report') ? 200 : 503, mediaType: MEDIA.json, body });
}

function unknown(reason: string): OwedAnswer & { readonly reason: string } {
  return { ready: false, failing: [], schedules: [], reason };
}

function asks({ request }: Exchange, what: 'report' | 'ready-by'): boolean {
  return new RegExp(`[?&]${what}(?:[=&]|$)`, 'u').test(request.url ?? '');
}

/** Whether today's advice is there: 200, or 503 with the names of the schedules whose advice is not. Who cannot look does not know that it is. */
async function answerOwed(exchange: Exchange, { errors }: StatusSource, owedNights: () => Promise<OwedAnswer>): Promise<void> {
  const answer = await inTime(owedNights(), unknown('no answer in time')).catch((error: unknown) => {
    errors.report(error, exchange.requestId);
    return unknown(`failed; see the log for ${exchange.requestId}`);
  });
  send(exchange, { status: answer.ready || asks(exchange, 'report') ? 200 : 503, mediaType: MEDIA.json, body: JSON.stringify(answer) });
}

/** The metrics in Prometheus's text format. */
export async function answerMetrics(exchange: Exchange, metrics: () => Promise<string>): Promise<void> {
  send(exchange, { status: 200, mediaType: PROMETHEUS_TEXT, body: await metrics() });
}

const PROMETHEUS_TEXT = 'text/plain; version=0.0.4; charset=utf-8';

async function readinessOrFailure({ requestId }: Exchange, { readiness, errors }: StatusSource): Promise<Readiness> {
  try {
    return await inTime(readiness(), failed('no answer in time'));
  } catch (error) {
    errors.report(error, requestId);
    return failed(`failed; see the log for ${requestId}`);
  }
}

async function inTime<T>(work: Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => (timer = setTimeout(() => resolve(otherwise), READINESS_MS)));
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function failed(reason: string): Readiness {
  return { ready: false, checks: { readiness: { ok: false, reason } } };
}
