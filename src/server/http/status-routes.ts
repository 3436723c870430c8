import { MEDIA, send, type Exchange } from './exchange.js';
import type { HttpServerOptions, Readiness } from './options.js';
import type { ErrorDesk } from './unexpected-errors.js';

/** A readiness check that takes longer than this, in milliseconds, counts as failed: the caller has given up by then. */
const READINESS_MS = 5_000;

/** What `/healthz`, `/readyz` and `/metrics` need. */
export interface StatusSource {
  readonly readiness: () => Promise<Readiness>;
  readonly metrics?: HttpServerOptions<object>['metrics'];
  readonly errors: ErrorDesk;
}

/** Alive: the process answers. Says nothing of its dependencies, so that a failing database restarts no process. */
export function answerHealth(exchange: Exchange): void {
  send(exchange, { status: 200, mediaType: MEDIA.json, body: '{"status":"ok"}' });
}

/** Ready: 200, or 503 with the names of the checks that fail. `?report` asks to read the same and not to be turned away: 200 either way, as a page wants it. */
export async function answerReadiness(exchange: Exchange, source: StatusSource): Promise<void> {
  const { ready, checks } = await readinessOrFailure(exchange, source);
  const failing = Object.keys(checks).filter((name) => checks[name]?.ok !== true);
  const isReady = ready && failing.length === 0;
  const body = JSON.stringify({ ready: isReady, failing, checks });
  const isReport = /[?&]report(?:[=&]|$)/u.test(exchange.request.url ?? '');
  send(exchange, { status: isReady || isReport ? 200 : 503, mediaType: MEDIA.json, body });
}

/** The metrics in Prometheus's text format. */
export async function answerMetrics(exchange: Exchange, metrics: () => Promise<string>): Promise<void> {
  send(exchange, { status: 200, mediaType: PROMETHEUS_TEXT, body: await metrics() });
}

const PROMETHEUS_TEXT = 'text/plain; version=0.0.4; charset=utf-8';

async function readinessOrFailure({ requestId }: Exchange, { readiness, errors }: StatusSource): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Readiness>((resolve) => {
    timer = setTimeout(() => resolve(failed('no answer in time')), READINESS_MS);
  });
  try {
    return await Promise.race([readiness(), late]);
  } catch (error) {
    errors.report(error, requestId);
    return failed(`failed; see the log for ${requestId}`);
  } finally {
    clearTimeout(timer);
  }
}

function failed(reason: string): Readiness {
  return { ready: false, checks: { readiness: { ok: false, reason } } };
}
