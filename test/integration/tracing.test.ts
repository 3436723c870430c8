import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assert, constantFrom, dictionary, double, object, oneof, property, string } from 'fast-check';
import { openLocalModel } from '../../src/local-model/local-model.js';
import { ATTRIBUTES, attributesOf } from '../../src/runtime/tracing/otel-tracer.js';
import { SPAN_NAMES, traced, type SpanFacts } from '../../src/base/tracing.js';
import { runToEnd } from '../support/batch-client.js';
import { CANARIES, holdsCanary, plantCanaries } from '../support/canaries.js';
import { createPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService } from '../support/test-service.js';
import { startTraceCollector, type CollectedSpan, type TraceCollector } from '../support/trace-collector.js';

const resources = new Resources();
let collector: TraceCollector;
let spans: readonly CollectedSpan[];
let runId: string;
let users: readonly number[];

beforeAll(async () => {
  collector = resources.use(await startTraceCollector());
  const model = resources.use(await openLocalModel({ port: 0, behave: () => ({ kind: 'sound' }) }));
  const database = resources.use(await createPatients(60));
  await plantCanaries(database);
  const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20abc' };
  const llm = { GENERATOR: 'LLM', LLM_BASE_URL: model.url, LLM_MODEL: 'local', LLM_API_KEY: 'sk-canary-key' };
  {
    await using service = await startTestService(database, { environment: { ...tracing, ...llm, BATCH_CHUNK_SIZE: '20' } });
    ({ runId } = await runToEnd(service.url));
    const { rows } = await service.core.pool.query<{ id: number }>('select user_id as id from batch.event where user_id is not null');
    users = rows.map(({ id }) => id);
    await fetch(`${service.url}/runs/${CANARIES[0] ?? ''}?q=${encodeURIComponent(CANARIES.join(' '))}`);
  } // its end sends what waits
  spans = collector.spans();
});
afterAll(() => resources.end());

const named = (name: string): CollectedSpan[] => spans.filter((span) => span.name === name);
const byId = (id: string | undefined): CollectedSpan | undefined => spans.find(({ spanId }) => spanId === id);
const fact = (span: CollectedSpan | undefined, key: string): unknown => Object.values(span?.attributes.find((each) => each.key === key)?.value ?? {})[0]; // prettier-ignore

describe('A run in a trace', () => {
  it('is one trace under its own id, which is the correlation id of its events: run, plan and lanes, chunks, statements, calls of the model', () => {
    const ofRun = spans.filter(({ traceId }) => traceId === runId.replaceAll('-', ''));
    expect([...new Set(ofRun.map(({ name }) => name))].toSorted()).toEqual(['chunk', 'enqueue run', 'lane', 'model call', 'plan', 'run', 'statement']); // prettier-ignore
    const [root, ...others] = named('run');
    expect([others, root?.parentSpanId ?? '', fact(root, 'ibsafe.run.id'), fact(root, 'ibsafe.result')]).toEqual([
      [],
      '',
      runId,
      'COMPLETED',
    ]);
    for (const name of ['plan', 'lane']) expect(named(name).map(({ parentSpanId }) => parentSpanId)).toEqual(named(name).map(() => root?.spanId)); // prettier-ignore
    expect(named('chunk').length).toBeGreaterThanOrEqual(3);
    for (const chunk of named('chunk')) expect(byId(chunk.parentSpanId)?.name).toBe('lane');
    for (const call of named('model call')) expect(byId(call.parentSpanId)?.name).toBe('chunk');
    expect(fact(named('model call')[0], 'gen_ai.usage.input_tokens')).toBeGreaterThan(0);
    const inChunks = named('statement').filter(({ parentSpanId }) => byId(parentSpanId)?.name === 'chunk');
    expect(new Set(inChunks.map((span) => fact(span, 'db.operation.name')))).toContain('commit');
  });

  it('is led to from the request that asked for it', () => {
    const asked = named('enqueue run').find(({ traceId }) => traceId !== runId.replaceAll('-', ''));
    expect(asked?.links).toMatchObject([{ traceId: runId.replaceAll('-', ''), spanId: named('run')[0]?.spanId }]);
    const operation = byId(asked?.parentSpanId);
    const request = byId(operation?.parentSpanId);
    expect([operation?.name, fact(operation, 'graphql.operation.type')]).toEqual(['operation', 'mutation']);
    expect([request?.name, fact(request, 'http.route'), fact(request, 'http.response.status_code')]).toEqual(['request', '/graphql', 200]);
  });
});

describe('Spans', () => {
  it('have names and attributes of closed lists, and neither texts of errors nor events', () => {
    expect(spans.length).toBeGreaterThan(50);
    expect([...new Set(spans.map(({ name }) => name))].filter((name) => !SPAN_NAMES.includes(name as 'run'))).toEqual([]);
    const keys = new Set(spans.flatMap(({ attributes }) => attributes.map(({ key }) => key)));
    expect([...keys].filter((key) => !ATTRIBUTES.includes(key))).toEqual([]);
    expect(spans.filter(({ events = [], status }) => events.length > 0 || (status?.message ?? '') !== '')).toEqual([]);
  });

  it('hold no record, no prompt and no user', () => {
    expect(collector.bodies.filter(holdsCanary)).toEqual([]);
    expect(collector.headers[0]?.['authorization']).toBe('Bearer abc');
    // Counts may equal an id; a text or an attribute named for one may not.
    const texts = spans.flatMap(({ attributes }) => attributes.flatMap(({ value }) => (typeof value['stringValue'] === 'string' ? [value['stringValue']] : []))); // prettier-ignore
    expect(users.length).toBeGreaterThan(10);
    expect(texts.filter((text) => users.includes(Number(text)))).toEqual([]);
  });

  it('take from whatever they are given only what their lists have', () => {
    const keys = Object.keys({ runId: 1, chunk: 1, users: 1, program: 1, generator: 1, method: 1, route: 1, status: 1, transport: 1, kind: 1, verb: 1, rows: 1, result: 1, tokensIn: 1, tokensOut: 1 }); // prettier-ignore
    const hostile = dictionary(constantFrom(...keys, 'userId', 'prompt', '__proto__x'), oneof(string(), constantFrom(...CANARIES), double(), object())); // prettier-ignore
    assert(
      property(hostile, (facts) => {
        for (const [name, value] of Object.entries(attributesOf(facts as SpanFacts))) {
          const isPlain = typeof value === 'number' ? Number.isSafeInteger(value) : /^[A-Za-z0-9/_-]{1,42}$/.test(value);
          expect([ATTRIBUTES.includes(name), isPlain, CANARIES.includes(value as never)]).toEqual([true, true, false]);
        }
      }),
    );
  });
});

it('Without a collector nothing is traced, and the work is done as it was', async () => {
  const before = collector.bodies.length;
  expect(await traced('lane', { runId }, (tell) => (tell({ rows: 1 }), Promise.resolve('done')))).toBe('done');
  expect(collector.bodies).toHaveLength(before);
});
