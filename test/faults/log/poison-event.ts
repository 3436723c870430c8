import { compareViews, rebuildViews } from '../../../src/projections/rebuild/rebuild-views.js';
import { createPatients, type PatientsDatabase } from '../../support/patients-database.js';
import { followEvents } from '../../support/run-events-client.js';
import { Resources } from '../../support/resources.js';
import { startServiceProcess } from '../../support/service-process.js';
import { holdWorkers } from '../../support/table-hold.js';
import { sceneOf, type Fault } from '../fault.js';
import { groundOn } from '../run-ground.js';

const POISON = ['RunTeleported', 'ChunkTeleported', 'UserTeleported'] as const;

/** 16: an event of a release that is not this one's lies in the middle of a run. */
export const POISON_EVENT: Fault = {
  id: '16',
  what: 'an event of an unknown type in the log',
  promise: 'followers report it and go on to the end; a rebuild fails loudly and changes nothing',
  open: () =>
    Promise.resolve(
      sceneOf({ end: () => Promise.resolve() }, async (draws) => {
        const resources = new Resources();
        try {
          const database = resources.use(await createPatients(30));
          const service = resources.use(await startServiceProcess(database, 'all'));
          const ground = groundOn(database, () => service.url);
          const hold = await holdWorkers(database, 'READING');
          const runId = await ground.begin({ chunkSize: draws.between(3, 8) });
          await hold.keeps(1);
          const type = draws.pick(POISON);
          await plant(database, runId, type);
          await hold.release();
          const since = performance.now();
          const received: string[] = [];
          for await (const event of followEvents(service.url, runId, { withOutcomes: true })) received.push(event.type);
          const recoveryMs = Math.round(performance.now() - since);
          await service.heard('the log holds an event type that this release does not know');
          const broken = [
            ...(await rebuildsOf(database, type)),
            ...(received.at(-1) === 'RunCompleted'
              ? []
              : [`a follower ended at ${received.at(-1) ?? 'nothing'} after ${received.length} events`]),
          ];
          const [outcomes] = await database.column<number>(
            'select count(*)::int from batch.event where run_id = $1 and user_id is not null',
            [runId],
          );
          const seen = received.filter((each) => /^(InterventionGenerated|User)/.test(each)).length;
          return { bites: 1, lost: Math.max(0, (outcomes ?? 0) - seen), doubled: Math.max(0, seen - (outcomes ?? 0)), broken, recoveryMs };
        } finally {
          await resources.end();
        }
      }),
    ),
};

/** Past the codec, as a later release or a hand with a database client would. */
async function plant(database: PatientsDatabase, runId: string, type: string): Promise<void> {
  await database.rows(
    `select batch.append($1, 0, run_month, $2, 'later release', $2, null, array[$3], array[null]::int[], array['{}']::jsonb[])
     from batch.run_view where run_id = $2`,
    [`run-${runId}/teleport-1`, runId, type],
  );
}

async function rebuildsOf(database: PatientsDatabase, type: string): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, work] of [
    ['rebuild', () => rebuildViews(database.pool, { verify: true })] as const,
    ['comparison', () => compareViews(database.pool)] as const,
  ]) {
    const said = await work().then(() => 'nothing', (error: unknown) => String(error)); // prettier-ignore
    if (!said.includes(type)) broken.push(`the ${name} said nothing of ${type}`);
  }
  return broken;
}
