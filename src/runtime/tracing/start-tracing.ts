import type { Config } from '../../config/config.js';
import { endsWithin } from '../../base/ends-within.js';
import { traceWith } from '../../base/tracing.js';

/** ms that what waits has to be sent when a process ends. */
const LAST_SEND_MS = 1_000;

/** Turns tracing on where a collector is set; OpenTelemetry is loaded only then. @returns how to end it */
export async function startTracing(config: Config, role: string): Promise<() => Promise<void>> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = config;
  if (endpoint === undefined) return () => Promise.resolve();
  const [{ startOtel }, { traceStatements }] = await Promise.all([
    import('./otel-tracer.js'),
    import('../../database/trace-statements.js'),
  ]);
  const tracing = startOtel({ endpoint, headers: headersOf(headers), role });
  const restore = traceStatements(tracing.isInSpan);
  traceWith(tracing);
  return async () => {
    traceWith(undefined);
    restore();
    await endsWithin(LAST_SEND_MS, tracing.end());
  };
}

/** `name=value` with commas between, as OpenTelemetry has it. */
function headersOf(text = ''): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.includes('='));
  return Object.fromEntries(
    pairs.map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), decodeURIComponent(pair.slice(pair.indexOf('=') + 1).trim())]),
  );
}

/** Ends tracing behind `work`, which is a stop of all that is traced. */
export async function thenEnd<T>(work: () => Promise<T>, end: () => Promise<void>): Promise<T> {
  try {
    return await work();
  } finally {
    await end();
  }
}
