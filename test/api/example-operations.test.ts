import { describe, expect, it } from '@jest/globals';
import { OperationTypeNode, parse, validate, type OperationDefinitionNode } from 'graphql';
import { graphqlSchema } from '../../src/server/graphql-schema.js';
import { operationRules } from '../../src/server/operations/operation-rules.js';
import { EXAMPLE_OPERATIONS, LATEST_RUN_ID, LATEST_RUN_QUERY } from '../../src/server/playground/example-operations.js';
import { runToEnd } from '../support/batch-client.js';
import { ask, subscribe } from '../support/graphql-client.js';
import { createPatients } from '../support/patients-database.js';
import { startTestService } from '../support/test-service.js';

describe('the playground’s examples', () => {
  it.each(EXAMPLE_OPERATIONS)('$name fits the schema and the limits of an operation', async ({ name, query }) => {
    const document = parse(query);
    const schema = await graphqlSchema();
    expect(validate(schema, document)).toEqual([]);
    expect(validate(schema, document, [...operationRules(true)])).toEqual([]);
    expect(document.definitions.map((definition) => (definition as OperationDefinitionNode).name?.value)).toEqual([name]);
  });

  it('are answered by a service, each as a newcomer finds it, from the first tab to the last', async () => {
    await using database = await createPatients(20);
    await using service = await startTestService(database);
    expect(validate(await graphqlSchema(), parse(LATEST_RUN_QUERY))).toEqual([]);
    const answers = new Map<string, unknown>();
    let runId = '';
    for (const { name, query, variables = {} } of EXAMPLE_OPERATIONS) {
      const values = JSON.parse(JSON.stringify(variables).replaceAll(LATEST_RUN_ID, runId)) as object;
      answers.set(name, await (name === 'WatchRuns' ? firstOf : isSubscription(query) ? lastOf : dataOf)(service.url, query, values));
      if (name === 'RunBatch') runId = uuidIn(await dataOf(service.url, LATEST_RUN_QUERY, {}));
    }
    expect(answers.get('RunBatch')).toMatchObject({ runBatch: { __typename: 'RunBatchAccepted' } });
    expect(answers.get('WatchProgress')).toMatchObject({ batchProgress: { status: 'COMPLETED', percent: 100 } });
    expect(answers.get('WatchRuns')).toMatchObject({
      runsChanged: { status: expect.any(String), progress: { percent: expect.any(Number) } },
    });
    expect(answers.get('RunLog')).toMatchObject({ runEvents: { type: 'RunCompleted' } });
    expect(answers.get('WhyNoAdvice')).toMatchObject({ userTimeline: { days: expect.any(Array) } });
    expect(answers.get('Forecast')).toMatchObject({ forecast: { program: 'DAILY', users: expect.any(Number) } });
    expect(answers.get('ShadowRun')).toMatchObject({ runBatch: { run: { shadow: true, shadowReport: { compared: 0 } } } });
    expect(answers.get('Schedules')).toMatchObject({ schedules: { nodes: [{ nextSlots: [{}, {}, {}] }] } });
    expect(JSON.stringify(answers.get('PreviewSchedule'))).toContain('DST_GAP');
    expect(answers.get('CreateSchedule')).toMatchObject({ createSchedule: { __typename: 'ScheduleAccepted' } });
  });
});

async function dataOf(url: string, query: string, variables: object): Promise<unknown> {
  const { data, errors } = await ask(url, query, variables);
  expect(errors).toBeUndefined();
  return data;
}

/** The first thing that the subscription to all runs says, which has no end, when somebody asks for a run. */
async function firstOf(url: string, query: string, variables: object): Promise<unknown> {
  const values = subscribe(url, query, variables);
  const first = values.next();
  await runToEnd(url, { dryRun: true });
  const { value } = await first;
  await values.return?.();
  return value;
}

/** The last thing that a subscription says: the examples follow runs, which end. */
async function lastOf(url: string, query: string, variables: object): Promise<unknown> {
  let last: unknown;
  for await (const value of subscribe(url, query, variables)) last = value;
  return last;
}

function isSubscription(query: string): boolean {
  const [definition] = parse(query).definitions;
  return (definition as OperationDefinitionNode).operation === OperationTypeNode.SUBSCRIPTION;
}

/** As the playground finds it. */
function uuidIn(answer: unknown): string {
  return /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(JSON.stringify(answer))?.[0] ?? '';
}
