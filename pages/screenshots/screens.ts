import { dataOf } from '../../test/support/graphql-client.js';

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

/** The nine screens, each at a place that shows what it is for. @throws when the demo has nothing to show on one of them */
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
    { name: 'patient', path: `/patients/${patient.userId}?day=${patient.recordDate}` },
    { name: 'trends', path: '/trends?days=90' },
    { name: 'schedules', path: '/schedules' },
    { name: 'backfills', path: '/backfills' },
    { name: 'system', path: '/system' },
  ];
}
