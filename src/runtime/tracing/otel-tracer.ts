import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, randomBytes } from 'node:crypto';
import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context, type SpanContext } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor, type IdGenerator } from '@opentelemetry/sdk-trace-base';
import type { SpanName, Tracer, SpanFacts } from '../../base/tracing.js';
import { VERSION } from '../../base/version.js';
import { PROGRAMS } from '../../domain/program.js';
import { GENERATORS } from '../../domain/outcome.js';
import { briefAgent } from './brief-agent.js';

type Read = (value: unknown) => string | number | undefined;

const among = (known: readonly string[]): Read => (value) => (known.includes(value as string) ? (value as string) : 'OTHER'); // prettier-ignore
const whole: Read = (value) => (Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined);
const matching = (form: RegExp): Read => (value) => (typeof value === 'string' && form.test(value) ? value : undefined); // prettier-ignore
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Paths that the server itself knows; others are one. */
const ROUTES = ['/', '/graphql', '/graphql/stream', '/healthz', '/readyz', '/metrics', '/console', '/playground', '/session', '/dashboard', '/api/batch', '/export'] as const; // prettier-ignore
const VERBS = ['select', 'insert', 'update', 'delete', 'with', 'copy', 'begin', 'commit', 'rollback', 'savepoint', 'release', 'set', 'listen', 'lock', 'create', 'alter', 'call'] as const; // prettier-ignore

/** What each fact is called as an attribute, and what it may be. A fact that is none of that is left out, or is OTHER. */
const READERS: { readonly [K in keyof Required<SpanFacts>]: readonly [attribute: string, read: Read] } = {
  runId: ['ibsafe.run.id', matching(UUID)],
  chunk: ['ibsafe.chunk', whole],
  users: ['ibsafe.users', whole],
  program: ['ibsafe.program', among(PROGRAMS)],
  generator: ['ibsafe.generator', among(GENERATORS)],
  method: ['http.request.method', among(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])],
  route: ['http.route', (path) => routeOf(String(path))],
  status: ['http.response.status_code', whole],
  transport: ['ibsafe.transport', among(['http', 'ws', 'sse'])],
  kind: ['graphql.operation.type', among(['query', 'mutation', 'subscription'])],
  verb: ['db.operation.name', among(VERBS)],
  rows: ['db.response.returned_rows', whole],
  result: ['ibsafe.result', matching(/^[A-Z][A-Z0-9_]{1,40}$/)],
  tokensIn: ['gen_ai.usage.input_tokens', whole],
  tokensOut: ['gen_ai.usage.output_tokens', whole],
};

/** Names of all attributes that there can be. */
export const ATTRIBUTES: readonly string[] = Object.values(READERS).map(([name]) => name);

/** The attributes of a span: facts of the list, each as its reader takes it. */
export function attributesOf(facts: SpanFacts): Record<string, string | number> {
  const attributes: Record<string, string | number> = {};
  for (const [fact, [name, read]] of Object.entries(READERS)) {
    const given = facts[fact as keyof SpanFacts];
    const value = given === undefined ? undefined : read(given);
    if (value !== undefined) attributes[name] = value;
  }
  return attributes;
}

/** The part of a path that is ours: ids, names and dates stand behind it. */
function routeOf(path: string): string {
  return [...ROUTES].toSorted((one, other) => other.length - one.length).find((route) => path === route || (route !== '/' && path.startsWith(`${route}/`))) ?? 'OTHER'; // prettier-ignore
}

/** Where spans go, and the names that they carry. */
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
const MAX_WAITING = 4_096;

/** Makes spans of OpenTelemetry and sends them over OTLP/HTTP as JSON. What goes on in a span is known by Node's own track of asynchronous work. */
export function startOtel({ endpoint, headers, role }: OtelOptions): OtelTracing {
  const ids = new Ids();
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces`, headers: { ...headers }, httpAgentOptions: briefAgent }); // prettier-ignore
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'ibsafe-batch', 'service.version': VERSION, 'ibsafe.role': role }),
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor(exporter, { maxQueueSize: MAX_WAITING })],
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
function rootOf(runId: string): SpanContext {
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
