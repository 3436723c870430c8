import { Kind, OperationTypeNode, parse } from 'graphql';
import { parseArgs } from 'node:util';
import { addDays, dateInZone } from '../../src/domain/local-date.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { demoFoodsOf } from '../../src/demo/demo-foods.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { dataOf, subscribe } from '../support/graphql-client.js';
import { createTestDatabase } from '../support/test-database.js';
import { startTestService } from '../support/test-service.js';

/** A service as the reader of the README has it after the first start. */
export interface ReaderService extends AsyncDisposable {
  /** Where it answers, without a trailing slash. */
  readonly url: string;
  /** Does what curl would do with these arguments. @returns the body. @throws unless it is answered with success */
  curl(args: readonly string[]): Promise<string>;
  /** The data of an operation, of a subscription its first. Variables called `runId`, `scheduleId` and `version` stand for the newest. */
  answerTo(operation: string): Promise<Readonly<Record<string, unknown>>>;
}

/** Makes the patients of a first start, up to yesterday, runs last night's batch and waits for its end. */
export async function startReaderService(): Promise<ReaderService> {
  const database = await createTestDatabase();
  const until = addDays(dateInZone(new Date(), 'Asia/Seoul'), -1);
  await loadDemo(database.url, { users: 1_000, days: 14, seed: 1, until, foods: demoFoodsOf(loadCatalogue()) });
  const service = await startTestService(database);
  await runTo(service.url, until);
  return {
    url: service.url,
    curl: (args) => curl(service.url, args),
    answerTo: (operation) => answerTo(service.url, operation),
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      await database.drop();
    },
  };
}

async function runTo(url: string, recordDate: string): Promise<void> {
  const mutation = 'mutation ($date: Date!) { runBatch(input: { recordDate: $date }) { ... on RunBatchAccepted { run { id } } } }';
  const { runBatch } = await dataOf<{ runBatch: { run: { id: string } } }>(url, mutation, { date: recordDate });
  await toEnd(url, runBatch.run.id);
}

async function toEnd(url: string, id: string): Promise<void> {
  const progress = subscribe(url, 'subscription ($id: UUID!) { batchProgress(runId: $id) { status } }', { id });
  for await (const _ of progress);
}

async function curl(url: string, args: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      silent: { type: 'boolean', short: 's' },
      header: { type: 'string', short: 'H', multiple: true },
      data: { type: 'string', short: 'd' },
      request: { type: 'string', short: 'X' },
    },
  });
  const { pathname, search, origin } = new URL(positionals[0] ?? '');
  if (origin !== 'http://127.0.0.1:4000') throw new Error(`a page asks ${origin}, where no first start answers`);
  const headers = new Headers((values.header ?? []).map((line) => [line.split(': ')[0] ?? '', line.split(': ')[1] ?? '']));
  const body = values.data === undefined ? {} : { body: values.data };
  const method = values.request ?? (values.data === undefined ? 'GET' : 'POST');
  const response = await fetch(url + pathname + search, { method, headers, ...body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${pathname} was answered ${response.status}: ${text}`);
  // What a page shows next must not meet a run that is still under way.
  if (pathname === '/api/batch/run/') await toEnd(url, (JSON.parse(text) as { task_id: string }).task_id);
  return text;
}

async function answerTo(url: string, operation: string): Promise<Readonly<Record<string, unknown>>> {
  const [definition] = parse(operation).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a page shows something that is no operation');
  const newest = await newestOf(url);
  const wanted = (definition.variableDefinitions ?? []).map(({ variable }) => variable.name.value as keyof typeof newest);
  const variables = Object.fromEntries(wanted.map((name) => [name, newest[name]]));
  if (definition.operation !== OperationTypeNode.SUBSCRIPTION) return dataOf(url, operation, variables);
  const values = subscribe<Record<string, unknown>>(url, operation, variables);
  const first = await values.next();
  await values.return?.();
  return first.value as Record<string, unknown>;
}

async function newestOf(url: string): Promise<{ runId: string; scheduleId: string; version: number }> {
  const query = '{ runs(first: 1) { nodes { id } } schedules(first: 1) { nodes { id version } } }';
  type Page<T> = { nodes: [T] };
  const { runs, schedules } = await dataOf<{ runs: Page<{ id: string }>; schedules: Page<{ id: string; version: number }> }>(url, query);
  const [{ id: scheduleId, version }] = schedules.nodes;
  return { runId: runs.nodes[0].id, scheduleId, version };
}
