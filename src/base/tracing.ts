/** What is traced: a span's name is one of these. */
export const SPAN_NAMES = ['request', 'operation', 'enqueue run', 'run', 'plan', 'lane', 'chunk', 'statement', 'model call'] as const;
export type SpanName = (typeof SPAN_NAMES)[number];

/**
 * All that a span can say. Each fact is a code, an id of a run or a count under a name of this list, and is read again where it leaves the process: a text
 * of a caller, a record, a prompt or a user's id has no place in one.
 */
export interface SpanFacts {
  readonly runId?: string | undefined;
  readonly chunk?: number | undefined;
  readonly users?: number | undefined;
  readonly program?: string | undefined;
  readonly generator?: string | undefined;
  readonly method?: string | undefined;
  readonly route?: string | undefined;
  readonly status?: number | undefined;
  readonly transport?: string | undefined;
  /** Of a GraphQL operation: query, mutation or subscription. */
  readonly kind?: string | undefined;
  /** Of a statement: its first word. */
  readonly verb?: string | undefined;
  readonly rows?: number | undefined;
  /** How it ended, as a code. */
  readonly result?: string | undefined;
  readonly tokensIn?: number | undefined;
  readonly tokensOut?: number | undefined;
}

/** Adds what is known at the end. */
export type Tell = (facts: SpanFacts) => void;

/** Where a span belongs beside the one that it is in. */
export interface SpanPlace {
  /** It is part of this run's trace, whatever process asked for it: the log's correlation id leads there. */
  readonly run?: string | undefined;
  /** It is a part of its own trace, and leads to this run's. */
  readonly leadsTo?: string | undefined;
}

/** What makes spans, once tracing is on. */
export interface Tracer {
  span<T>(name: SpanName, what: { readonly facts: SpanFacts; readonly place: SpanPlace }, work: (tell: Tell) => Promise<T>): Promise<T>;
  /** The span of a whole run, told when it has ended: its parts were told by other processes before. Times in ms since 1970. */
  run(facts: SpanFacts & { readonly runId: string }, times: { readonly startedAt: number; readonly endedAt: number }): void;
}

let tracer: Tracer | undefined;
const untold: Tell = () => undefined;

/** Turns tracing on for this process; `undefined` turns it off, as it is at first. */
export function traceWith(given: Tracer | undefined): void {
  tracer = given;
}

/** Does some work in a span. Off, it does the work. */
export function traced<T>(name: SpanName, facts: SpanFacts, work: (tell: Tell) => Promise<T>, place: SpanPlace = {}): Promise<T> {
  return tracer === undefined ? work(untold) : tracer.span(name, { facts, place }, work);
}

/** Tells of a run that has ended. */
export function traceRun(
  facts: SpanFacts & { readonly runId: string },
  times: { readonly startedAt: number; readonly endedAt: number },
): void {
  tracer?.run(facts, times);
}
