import { addDays } from '../../../src/domain/local-date.js';
import { RECORD_DATE, type PatientsDatabase } from '../../support/patients-database.js';
import { followEvents } from '../../support/run-events-client.js';
import { slowRequest } from '../../support/slow-request.js';
import { sceneOf, type Fault } from '../fault.js';
import { heirOn } from '../heir.js';
import { runGround } from '../run-ground.js';

/** 11: what was written after the slow transaction's position stays hidden until it has ended. */
export const LATE_COMMIT: Fault = {
  id: '11',
  what: 'a slow transaction takes a position early and commits late',
  promise: 'subscribers miss nothing of the run that ended meanwhile, nor of the late one; invariant 4',
  open: async () => {
    const ground = await runGround({ users: 60 });
    await heirOn(ground);
    return sceneOf(ground.resources, async (draws) => {
      const userIds = await ground.database.column<number>('select id from auth_user where is_active and not is_staff order by id limit 3');
      const slow = await slowRequest(ground.deps, { recordDate: addDays(RECORD_DATE, -1), userIds, dryRun: true });
      const runId = await ground.begin({ chunkSize: draws.between(3, 10) });
      const withOutcomes = draws.below(2) === 0;
      const received: string[] = [];
      const following = (async () => {
        for await (const { stream, version } of followEvents(ground.url, runId, { withOutcomes })) received.push(`${stream} ${version}`);
      })();
      await ground.ended(runId);
      const hidden = await hiddenEvents(ground.database, runId);
      const early = received.length;
      const since = performance.now();
      slow.commit();
      await following;
      await ground.ended(await slow.runId);
      const broken = early === 0 ? [] : [`${early} events were shown before those that come before them`];
      const [verdict, late] = [
        await ground.verdict(runId, { bites: hidden, since, broken }),
        await ground.verdict(await slow.runId, { bites: 1 }),
      ];
      const { lost, doubled } = await missed(ground.database, runId, { received, withOutcomes });
      return { ...verdict, lost: verdict.lost + lost, doubled: verdict.doubled + doubled, broken: [...verdict.broken, ...late.broken] };
    });
  },
};

async function hiddenEvents(database: PatientsDatabase, runId: string): Promise<number> {
  const text = 'select count(*)::int from batch.event where run_id = $1 and xid >= pg_snapshot_xmin(pg_current_snapshot())';
  return (await database.column<number>(text, [runId]))[0] ?? 0;
}

/** Events of a run that a follower was not given, or was given twice. */
async function missed(
  database: PatientsDatabase,
  runId: string,
  { received, withOutcomes }: { received: readonly string[]; withOutcomes: boolean },
): Promise<{ lost: number; doubled: number }> {
  const text = `select stream || ' ' || version from batch.event where run_id = $1 and (user_id is null or $2)`;
  const all = await database.column<string>(text, [runId, withOutcomes]);
  const seen = new Set(received);
  return { lost: all.filter((each) => !seen.has(each)).length, doubled: received.length - seen.size };
}
