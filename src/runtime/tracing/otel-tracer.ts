import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, randomBytes } from 'node:crypto';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context, type SpanContext } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type IdGenerator } from '@opentelemetry/sdk-trace-base';
import type { SpanName, Tracer } from '../../tracing.js';
import { VERSION } from '../../version.js';
import { attributesOf } from './span-facts.js';

/** Where spans go, and whose they are. */
export interface OtelOptions {
  /** Of the collector, up to where `/v1/traces` begins. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly role: string;
}

/** A tracer, and how it is ended: what waits is sent. */
export interface OtelTracing extends Tracer {
  /** Whether the work that goes on belongs to a span. */
  readonly isInSpan: () => boolean;
  end(): Promise<void>;
}

const KINDS: Partial<Record<SpanName, SpanKind>> = {
  request: SpanKind.SERVER,
  'enqueue run': SpanKind.PRODUCER,
  statement: SpanKind.CLIENT,
  'model call': SpanKind.CLIENT,
};

/** Spans that may wait to be sent; beyond them they are dropped: a collector that is away costs the night nothing. */
const MOST_WAITING = 4_096;

/** Makes spans of OpenTelemetry and sends them over OTLP/HTTP as JSON. What goes on in a span is known by Node's own track of asynchronous work. */
export function startOtel({ endpoint, headers, role }: OtelOptions): OtelTracing {
  const ids = new Ids();
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, headers: { ...headers } });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'ibsafe-batch', 'service.version': VERSION, 'ibsafe.role': role }),
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor(exporter, { maxQueueSize: MOST_WAITING })],
  });
  const tracer = provider.getTracer('ibsafe-batch', VERSION);
  const current = new AsyncLocalStorage<Context>();
  return {
    isInSpan: () => current.getStore() !== undefined,
    async span(name, { facts, place: { run, leadsTo } }, work) {
      const parent = run === undefined ? (current.getStore() ?? ROOT_CONTEXT) : within(run, current.getStore());
      const links = leadsTo === undefined ? [] : [{ context: rootOf(leadsTo) }];
      const span = tracer.startSpan(name, { kind: KINDS[name] ?? SpanKind.INTERNAL, attributes: attributesOf(facts), links }, parent);
      try {
        return await current.run(trace.setSpan(parent, span), () => work((more) => void span.setAttributes(attributesOf(more))));
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR }); // without a text, which may quote a row
        throw error;
      } finally {
        span.end();
      }
    },
    run({ runId, ...facts }, { startedAt, endedAt }) {
      const { traceId, spanId } = rootOf(runId);
      const span = ids.as({ traceId, spanId }, () =>
        tracer.startSpan('run', { root: true, startTime: startedAt, attributes: attributesOf({ runId, ...facts }) }, ROOT_CONTEXT),
      );
      span.end(endedAt);
    },
    end: () => provider.shutdown(),
  };
}

/** The span of a run, known before it is told: its trace is the run's id, which is the correlation id of its events, so that any process finds it. */
export function rootOf(runId: string): SpanContext {
  const traceId = runId.replaceAll('-', '');
  const spanId = createHash('sha256').update(runId).digest('hex').slice(0, 16);
  return { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
}

/** What is in a span of the run already stays there. */
function within(runId: string, current: Context | undefined): Context {
  const root = rootOf(runId);
  const around = current === undefined ? undefined : trace.getSpanContext(current);
  return around?.traceId === root.traceId && current !== undefined ? current : trace.setSpanContext(ROOT_CONTEXT, root);
}

/** Random ids, but for the span of a run. */
class Ids implements IdGenerator {
  private given: { readonly traceId: string; readonly spanId: string } | undefined;

  readonly generateTraceId = (): string => this.given?.traceId ?? randomBytes(16).toString('hex');
  readonly generateSpanId = (): string => this.given?.spanId ?? randomBytes(8).toString('hex');

  as<T>(given: { readonly traceId: string; readonly spanId: string }, make: () => T): T {
    this.given = given;
    try {
      return make();
    } finally {
      this.given = undefined;
    }
  }
}
