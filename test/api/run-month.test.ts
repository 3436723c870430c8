import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { requestRun } from '../../src/application/run/request-run.js';
import { localDate } from '../../src/domain/local-date.js';
import { chunkStream } from '../../src/domain/run/stream-names.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const RUN = 'run { id outcomes { nodes { userId } } }';
const RUN_BATCH = `mutation ($input: RunBatchInput!) { answer: runBatch(input: $input) { ... on RunBatchAccepted { ${RUN} } } }`;
const RETRY = `mutation ($input: RetryRunInput!) { answer: retryRun(input: $input) { ... on RunBatchAccepted { ${RUN} } } }`;

interface SeenRun {
  readonly id: string;
  readonly outcomes: { readonly nodes: readonly { readonly userId: number }[] };
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;

beforeAll(async () => {
  database = resources.use(await createPatients(20));
  service = resources.use(await startTestService(database, { role: 'api' }));
  // A node forty days ahead of the database: its runs are kept under a month that no time in the log tells.
  Object.assign(service.core.deps, { clock: () => new Date(Date.now() + 40 * 86_400_000) });
});

afterAll(async () => {
  await resources.end();
});

async function answerTo(mutation: string, variables: object = {}): Promise<SeenRun> {
  return (await dataOf<{ answer: { run: SeenRun } }>(service.url, mutation, variables)).answer.run;
}

async function monthOf(runId: string): Promise<string | undefined> {
  return (await database.column<string>('select run_month::text from batch.run_view where run_id = $1', [runId]))[0];
}

/** Gives a user an outcome in a run that nobody works on. */
async function writeOutcome(runId: string, userId: number): Promise<void> {
  const month = localDate((await monthOf(runId)) ?? '');
  const target = { stream: chunkStream(runId, 0), expectedVersion: 0, month, runId, actor: 'test', correlationId: runId };
  await service.core.deps.transaction((tx) => tx.log.append(target, [{ type: 'UserSkipped', userId, data: { reasons: ['NO_PROFILE'] } }]));
}

describe('the run that a mutation answers with, where the node’s clock is not the database’s', () => {
  it('is read from the month that it is kept under, whatever is done to it', async () => {
    const seven = { outcomes: { nodes: [{ userId: 7 }] } };
    const input = { recordDate: RECORD_DATE, idempotencyKey: 'once' };
    const { id } = await answerTo(RUN_BATCH, { input });
    await writeOutcome(id, 7);
    expect(await answerTo(RUN_BATCH, { input })).toMatchObject({ id, ...seven });
    const control = (call: string): Promise<SeenRun> => answerTo(`mutation { answer: ${call} { ... on RunChanged { ${RUN} } } }`);
    expect(await control(`pauseRun(runId: "${id}", reason: "a look")`)).toMatchObject({ id, ...seven });
    expect(await control(`resumeRun(runId: "${id}")`)).toMatchObject({ id, ...seven });
    expect(await control(`cancelRun(runId: "${id}")`)).toMatchObject({ id, ...seven });

    const again = { runId: id, only: ['SKIPPED'], idempotencyKey: 'again' };
    const retry = await answerTo(RETRY, { input: again });
    await writeOutcome(retry.id, 8);
    expect(await answerTo(RETRY, { input: again })).toMatchObject({ id: retry.id, outcomes: { nodes: [{ userId: 8 }] } });
  });

  it('is told with that month at once when it is made', async () => {
    const made = await requestRun(service.core.deps, { trigger: 'MANUAL', recordDate: localDate('2026-02-20') }, { actor: 'test' });
    if (made.status === 'rejected') throw new Error(made.message);
    expect(made.month).toBe(await monthOf(made.run.runId));
    expect(made.month.slice(0, 7)).not.toBe(made.run.requestedAt.slice(0, 7));
  });
});
