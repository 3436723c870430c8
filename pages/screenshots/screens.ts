import { dataOf } from '../../test/support/graphql-client.js';
import { until } from '../../test/support/until.js';

/** A screen of the console and where it is. */
export interface Screen {
  readonly name: string;
  readonly path: string;
}

interface Facts {
  readonly runs: { readonly nodes: readonly { readonly id: string; readonly status: string; readonly generator: string }[] };
  readonly interventions: { readonly nodes: readonly { readonly userId: number; readonly recordDate: string }[] };
}

const FACTS = `{
  runs(first: 100, filter: { triggers: [SCHEDULE] }) { nodes { id status generator } }
  interventions(first: 1, filter: { userIds: [93] }) { nodes { userId recordDate } }
}`;

const RUN = `mutation {
  runBatch(input: { onExisting: REGENERATE }) { ... on RunBatchAccepted { run { id } } ... on Error { code message } } }`;
const PAUSE = `mutation ($runId: UUID!, $reason: String!) { pauseRun(runId: $runId, reason: $reason) { __typename ... on Error { message } } }`;
const SILENCE = `mutation ($until: DateTime!, $reason: String!) {
  silenceAlerts(input: { kind: SLOT_SKIPPED, until: $until, reason: $reason }) { __typename ... on Error { message } } }`;

/** Gives an operator something to do: a run that waits, its alert, and a silence. @throws when the run could not be made */
export async function makeMorning(url: string): Promise<void> {
  const { runBatch } = await dataOf<{ runBatch: { run?: { id: string }; message?: string } }>(url, RUN);
  if (runBatch.run === undefined) throw new Error(`no run was made to be shown: ${runBatch.message}`);
  await dataOf(url, PAUSE, { runId: runBatch.run.id, reason: '영양사가 먼저 확인합니다' });
  await dataOf(url, SILENCE, { until: new Date(Date.now() + 86_400_000).toISOString(), reason: '서버 점검' });
  const open = '{ alerts(first: 1, filter: { states: [OPEN], kinds: [RUN_PAUSED] }) { nodes { id } } }';
  await until(async () => (await dataOf<{ alerts: { nodes: unknown[] } }>(url, open)).alerts.nodes.length > 0);
}

/** The twelve screens, each at a place that shows what it is for. @throws when the demo has nothing to show on one of them */
export async function screensOf(url: string): Promise<readonly Screen[]> {
  const { runs, interventions } = await dataOf<Facts>(url, FACTS);
  const run = runs.nodes.find(({ generator }) => generator === 'LLM') ?? runs.nodes[0];
  const patient = interventions.nodes[0];
  if (run === undefined || patient === undefined) throw new Error('the demo has no run or no advice to show');
  return [
    { name: 'last-night', path: '' },
    { name: 'runs', path: '/runs' },
    { name: 'run', path: `/runs/${run.id}` },
    { name: 'failures', path: '/failures' },
    { name: 'alerts', path: '/alerts' },
    { name: 'patient', path: `/patients/${patient.userId}?day=${patient.recordDate}` },
    { name: 'trends', path: '/trends?days=90' },
    { name: 'schedules', path: '/schedules' },
    { name: 'backfills', path: '/backfills' },
    { name: 'system', path: '/system' },
    { name: 'review', path: '/review' },
    { name: 'signing', path: '/review/signing' },
  ];
}
