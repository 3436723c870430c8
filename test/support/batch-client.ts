import { ask, dataOf, subscribe, type Answer } from './graphql-client.js';
import { RECORD_DATE } from './patients-database.js';

const RUN_BATCH = `mutation ($input: RunBatchInput) {
  runBatch(input: $input) {
    kind: __typename
    ... on RunBatchAccepted { repeated run { id status recordDate targetDate roster dryRun } }
    ... on Error { code message }
    ... on RunConflict { conflictingRun { id } }
  }
}`;

const PROGRESS = `subscription ($runId: UUID!) {
  batchProgress(runId: $runId) {
    status percent done roster generated skipped failed cancelled chunksDone chunkCount cursor reasons { reason users }
  }
}`;

/** What `runBatch` answers; which fields are there depends on `kind`. */
export interface RunBatchAnswer {
  readonly kind: 'RunBatchAccepted' | 'Refused' | 'RunConflict';
  readonly run?: { readonly id: string; readonly status: string; readonly recordDate: string; readonly targetDate: string };
  readonly repeated?: boolean;
  readonly code?: string;
  readonly message?: string;
  /** The run that stands in the way. */
  readonly conflictingRun?: { readonly id: string } | null;
}

/** A state of progress as a subscriber sees it. */
export interface SeenProgress {
  readonly status: string;
  readonly percent: number;
  readonly done: number;
  readonly roster: number | null;
  readonly generated: number;
  readonly skipped: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly chunksDone: number;
  readonly chunkCount: number | null;
  readonly cursor: string;
  readonly reasons: readonly { readonly reason: string; readonly users: number }[];
}

/** Asks for a run of the patients' last day, unless `input` says otherwise, and gives the whole answer. */
export function askRunBatch(url: string, input: object = {}): Promise<Answer<{ runBatch: RunBatchAnswer }>> {
  return ask(url, RUN_BATCH, { input: { recordDate: RECORD_DATE, ...input } });
}

/** Like `askRunBatch`, for an answer that must be one of the union's members. */
export async function runBatch(url: string, input: object = {}): Promise<RunBatchAnswer> {
  return (await dataOf<{ runBatch: RunBatchAnswer }>(url, RUN_BATCH, { input: { recordDate: RECORD_DATE, ...input } })).runBatch;
}

/** Asks for a run that must be accepted. @returns its id */
export async function begin(url: string, input: object = {}): Promise<string> {
  const answer = await runBatch(url, input);
  if (answer.kind !== 'RunBatchAccepted' || answer.run === undefined) throw new Error(`refused: ${answer.code} ${answer.message}`);
  return answer.run.id;
}

/** Every state of progress that a subscriber sees from now to the run's end. */
export async function watch(url: string, runId: string): Promise<SeenProgress[]> {
  const seen: SeenProgress[] = [];
  for await (const { batchProgress } of subscribe<{ batchProgress: SeenProgress }>(url, PROGRESS, { runId })) seen.push(batchProgress);
  return seen;
}

/** Asks for a run and waits for its end. @returns its id and its last progress */
export async function runToEnd(url: string, input: object = {}): Promise<{ runId: string; end: SeenProgress }> {
  const runId = await begin(url, input);
  const end = (await watch(url, runId)).at(-1);
  if (end === undefined) throw new Error('the subscription ended without a word');
  return { runId, end };
}
