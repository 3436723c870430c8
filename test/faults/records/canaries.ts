import { Client } from 'pg';
import * as canary from '../../support/canaries.js';
import { ask } from '../../support/graphql-client.js';
import { startServiceProcess, type ServiceProcess } from '../../support/service-process.js';
import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';
import { runGround, SHORT_LEASE, type RunGround } from '../run-ground.js';

/** What is made to go wrong, so that an error quotes what it should not. */
const TROUBLES = ['NONE', 'WRITES_FAIL', 'ROWS_REFUSED', 'READS_FAIL'] as const;

/** 26: names and foods that nobody writes by chance, and errors that quote them. */
export const CANARIES: Fault = {
  id: '26',
  what: 'canary strings planted in names and foods, under errors that quote them',
  promise: 'invariant 8: none in events, logs, metrics, errors or notifications',
  open: async () => {
    const ground = await runGround({ users: 60 });
    await canary.plantCanaries(ground.database);
    const service = ground.resources.use(await startServiceProcess(ground.database, 'all', { ...SHORT_LEASE, LOG_LEVEL: 'trace' }));
    const notified: string[] = [];
    const listener = new Client({ connectionString: ground.database.url });
    listener.on('notification', ({ channel, payload }) => notified.push(`${channel} ${payload ?? ''}`));
    await listener.connect();
    ground.resources.use({ [Symbol.asyncDispose]: () => listener.end() });
    await listener.query('listen batch_changed; listen batch_agenda');
    return sceneOf(ground.resources, async (draws) => {
      const trouble = draws.pick(TROUBLES);
      const before = await canary.quotes(ground.database);
      const { runId, answers } = await runUnder(ground, service, { trouble, chunkSize: draws.between(5, 40) });
      const planted = await canary.tablesWithCanary(ground.database, 'public');
      const told = [...answers, ...notified, ...service.printed, await (await fetch(`${service.url}/metrics`)).text()];
      const leaks = told.filter(canary.holdsCanary).length;
      const tables = await canary.tablesWithCanary(ground.database, 'batch');
      const broken = [
        ...(leaks > 0 ? [`${leaks} lines or answers hold a canary`] : []),
        ...tables.map((table) => `${table} holds a canary`),
      ];
      const quoted = (await canary.quotes(ground.database)) - before;
      return ground.verdict(runId, { bites: trouble === 'NONE' ? planted.length : quoted, broken });
    });
  },
};

async function runUnder(
  ground: RunGround,
  service: ServiceProcess,
  { trouble, chunkSize }: { trouble: (typeof TROUBLES)[number]; chunkSize: number },
): Promise<{ runId: string; answers: string[] }> {
  const { database } = ground;
  if (trouble === 'WRITES_FAIL') await database.rows(canary.BREAK_WRITES);
  if (trouble === 'ROWS_REFUSED') await database.rows(canary.REFUSE_ROWS);
  const failures = service.printed.length;
  const runId = await ground.begin({ chunkSize });
  if (trouble === 'WRITES_FAIL') {
    // Told of, or settled some other way: either may quote.
    await patiently(async () => service.printed.slice(failures).some((line) => line.includes('P0001')) || (await hasEnded(ground, runId)));
    await database.rows(canary.MEND_WRITES);
  }
  await ground.ended(runId);
  if (trouble === 'ROWS_REFUSED') await database.rows(canary.TAKE_ROWS);
  if (trouble !== 'READS_FAIL') return { runId, answers: [] };
  await database.rows(canary.BREAK_READS);
  const answers = [JSON.stringify(await ask(service.url, '{ interventions { nodes { dietTarget } } }'))];
  await database.rows(canary.MEND_READS);
  return { runId, answers };
}

async function hasEnded({ database }: RunGround, runId: string): Promise<boolean> {
  return (await database.column('select 1 from batch.run_view where run_id = $1 and ended_at is not null', [runId])).length > 0;
}
