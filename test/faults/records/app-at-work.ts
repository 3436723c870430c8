import { checkInvariants } from '../../../src/doctor/invariants.js';
import { RECORD_DATE } from '../../support/patients-database.js';
import { outcomesOf } from '../../support/outcome-list.js';
import type { Draws } from '../draws.js';
import { sceneOf, type Fault } from '../fault.js';
import { heirOn } from '../heir.js';
import { runGround, type RunGround } from '../run-ground.js';

const COLUMNS = 'user_id, record_date, target_date, gubun, diet_evaluation, exercise_evaluation, processing_time, created_at, updated_at';
const OF_THE_APP = `$1::date, $1::date + 1, 'all', 'by the app', '', 0, now(), now()`;

/** Rows of other days under ids that the sequence comes to next, as after rows were loaded with their ids. */
const OCCUPY = `with next as (select last_value from public.ibsafe_interventionrecord_id_seq)
  insert into public.ibsafe_interventionrecord (id, ${COLUMNS}) overriding system value
  select next.last_value + n * $1::int, (select min(id) from public.auth_user), date '1990-01-01' + n, '1990-01-01', 'old', 'loaded', '', 0, now(), now() from next, generate_series(1, $2::int) n
  on conflict do nothing`;

/** 30: ids that are taken, and an app that writes and deletes the same users' rows while the run goes on. */
export const APP_AT_WORK: Fault = {
  id: '30',
  what: 'a sequence behind its table; rows that the app deletes or writes meanwhile',
  promise: 'invariants 1 and 2: nobody’s advice is lost, no invariant is red for what the app did',
  open: async () => {
    const ground = await runGround({ users: 160 });
    const heir = await heirOn(ground);
    return sceneOf(ground.resources, async (draws) => {
      await ground.database.rows('truncate ibsafe_interventionrecord');
      const said = heir.printed.length;
      await ground.database.rows(OCCUPY, [draws.between(1, 3), draws.between(200, 4_000)]);
      const runId = await ground.beginBeside({ chunkSize: draws.between(5, 40) });
      const app = await workAsTheApp(ground, runId, draws);
      const behind = heir.printed.slice(said).filter((line) => line.includes('the sequence of the table was behind')).length;
      const verdict = await ground.verdict(runId, { bites: behind > 0 ? behind + app.deleted.size + app.wrote : 0 });
      // What the app wrote is too much, and what it deleted is missing, to a checker that knows no app; the invariants know it.
      const broken = verdict.broken.filter((fault) => !/(events|interventions) without an/.test(fault));
      return { ...verdict, broken: [...broken, ...(await lostAdvice(ground, runId, app.deleted)), ...(await redInvariants(ground))] };
    });
  },
};

/** Writes rows for users that the run may come to, and deletes rows that it wrote, until it has ended. */
async function workAsTheApp({ database }: RunGround, runId: string, draws: Draws): Promise<{ deleted: Set<number>; wrote: number }> {
  const deleted = new Set<number>();
  let wrote = 0;
  for (;;) {
    const [run] = await database.rows<{ ended: boolean }>('select ended_at is not null as ended from batch.run_view where run_id = $1', [
      runId,
    ]);
    const write = `insert into public.ibsafe_interventionrecord (${COLUMNS}) select id, ${OF_THE_APP} from auth_user where id % 97 = $2
      on conflict (user_id, record_date, gubun) do nothing`;
    // The app meets taken ids as well, and has to try again.
    wrote += (await database.column(`${write} returning id`, [RECORD_DATE, draws.below(97)]).catch(() => [])).length;
    const gone = await database.column<string>(
      `delete from public.ibsafe_interventionrecord where record_date = $1 and outputs is not null and user_id % 23 = $2 returning id`,
      [RECORD_DATE, draws.below(23)],
    );
    for (const id of gone) deleted.add(Number(id));
    if (run?.ended === true) return { deleted, wrote };
  }
}

/** Users whose advice is neither there nor was deleted by the app, or who failed for an id. */
async function lostAdvice({ database, url }: RunGround, runId: string, deleted: ReadonlySet<number>): Promise<string[]> {
  const there = new Set((await database.column<string>('select id from ibsafe_interventionrecord')).map(Number));
  const told = await database.rows<{ id: string; user_id: number }>(
    `select data->>'interventionId' as id, user_id from batch.event where run_id = $1 and type = 'InterventionGenerated'`,
    [runId],
  );
  const lost = told
    .filter(({ id }) => !there.has(Number(id)) && !deleted.has(Number(id)))
    .map(({ user_id }) => `the advice of user ${user_id} is lost`);
  const failed = (await outcomesOf(url, runId)).filter(({ outcome }) => outcome === 'FAILED').map(({ userId }) => `user ${userId} failed`);
  return [...lost, ...failed];
}

async function redInvariants({ database }: RunGround): Promise<string[]> {
  return (await checkInvariants(database.pool)).filter(({ ok }) => !ok).map(({ name, found }) => `${name}: ${found}`);
}
