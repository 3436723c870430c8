import { dataOf, subscribe } from './graphql-client.js';

/** A run as these tests look at it. */
export interface SeenRun {
  readonly id: string;
  readonly status: string;
  readonly trigger: string;
  readonly actor: string;
  readonly dryRun: boolean;
  readonly recordDate: string;
  readonly pausedCause: string | null;
  readonly pausedReason: string | null;
  readonly resumedAt: string | null;
  readonly cancelRequestedAt: string | null;
  readonly roster: number | null;
  readonly parent: { readonly id: string } | null;
  readonly retries: readonly { readonly id: string }[];
  readonly backfill: { readonly id: string } | null;
  readonly retry: { readonly outcomes: readonly string[]; readonly reasons: readonly string[] | null } | null;
  readonly report: { readonly dryRun: boolean; readonly interventions: number; readonly replacing: number; readonly keeping: number };
}

const RUN = `id status trigger actor dryRun recordDate pausedCause pausedReason resumedAt cancelRequestedAt roster
  parent { id } retries { id } backfill { id } retry { outcomes reasons } report { dryRun interventions replacing keeping }`;

/** What a mutation on a run answers: the run, or `code` and `message`. */
export interface ControlAnswer {
  readonly run?: SeenRun;
  readonly repeated?: boolean;
  readonly code?: string;
  readonly message?: string;
}

const control = (name: string, args: string, call: string): string =>
  `mutation (${args}) { answer: ${name}(${call}) { ... on RunChanged { run { ${RUN} } } ... on Error { code message } } }`;

const CANCEL = control('cancelRun', '$id: UUID!, $reason: String', 'runId: $id, reason: $reason');
const PAUSE = control('pauseRun', '$id: UUID!, $reason: String!', 'runId: $id, reason: $reason');
const RESUME = control('resumeRun', '$id: UUID!', 'runId: $id');
const RETRY = `mutation ($input: RetryRunInput!) {
  answer: retryRun(input: $input) { ... on RunBatchAccepted { repeated run { ${RUN} } } ... on Error { code message } }
}`;

async function answerTo(url: string, mutation: string, variables: object): Promise<ControlAnswer> {
  return (await dataOf<{ answer: ControlAnswer }>(url, mutation, variables)).answer;
}

/** Cancels a run over GraphQL. */
export const cancelRun = (url: string, id: string, reason?: string): Promise<ControlAnswer> => answerTo(url, CANCEL, { id, reason });
/** Pauses a run over GraphQL. */
export const pauseRun = (url: string, id: string, reason: string): Promise<ControlAnswer> => answerTo(url, PAUSE, { id, reason });
/** Resumes a run over GraphQL. */
export const resumeRun = (url: string, id: string): Promise<ControlAnswer> => answerTo(url, RESUME, { id });
/** Repeats users of a run over GraphQL. */
export const retryRun = (url: string, input: object): Promise<ControlAnswer> => answerTo(url, RETRY, { input });

/** A run over GraphQL. */
export async function runOf(url: string, id: string): Promise<SeenRun> {
  return (await dataOf<{ run: SeenRun }>(url, `query ($id: UUID!) { run(id: $id) { ${RUN} } }`, { id })).run;
}

/** Waits, by subscription, until a run has ended. @returns its last status */
export async function endOf(url: string, id: string): Promise<string> {
  let last = '';
  const query = 'subscription ($id: UUID!) { batchProgress(runId: $id) { status } }';
  for await (const { batchProgress } of subscribe<{ batchProgress: { status: string } }>(url, query, { id })) last = batchProgress.status;
  return last;
}
