import { startServiceProcess } from '../../support/service-process.js';
import { holdTable } from '../../support/table-hold.js';
import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';
import { heirOn } from '../heir.js';
import { runGround, SHORT_LEASE, type RunGround } from '../run-ground.js';

const CHUNK_SIZE = 8;
const LANES = 2;
/** What a lane that begins again may claim once more, of a chunk that it held when it died. */
const MAX_REPEATED = LANES;

/** 2: its chunks are in the log, and Agenda was never told that the lanes had ended, so that it delivers them again. */
export const KILLED_AFTER_COMMIT: Fault = {
  id: '2',
  what: 'SIGKILL after the commit, before Agenda’s own save',
  promise: 'invariants 1 and 2; no chunk is worked on again that was written',
  open: async () => {
    const ground = await runGround();
    const heir = await heirOn(ground);
    return sceneOf(ground.resources, async (draws) => {
      await heir.freeze();
      await using doomed = await startServiceProcess(ground.database, 'worker', SHORT_LEASE);
      const before = await ground.hold('READING');
      const runId = await ground.begin({ chunkSize: CHUNK_SIZE });
      await before.keeps(LANES);
      // From now on no job is saved: the lanes work, commit, and Agenda waits with what it has to say of them.
      const agenda = await holdTable(ground.database, 'batch.agenda_jobs in share mode');
      await before.release();
      await ground.chunksDone(runId, draws.between(1, 8), doomed.workerId);
      doomed.child.kill('SIGKILL');
      const since = performance.now();
      await doomed.ended;
      await endSessions(ground);
      await agenda.release();
      const redelivered = await deliverAgain(ground, runId);
      heir.thaw();
      await ground.ended(runId);
      const verdict = await ground.verdict(runId, { bites: redelivered, since });
      await patiently(async () => (await jobsOf(ground, runId, doomed.workerId)) === 0); // all of them delivered to the other by now
      const after = await ground.verdict(runId, { bites: redelivered, broken: await repeated(ground, runId) });
      return { ...verdict, ...after };
    });
  },
};

/** A session that waits would save the job of a process that is gone; a machine that dies takes its sessions along. */
async function endSessions({ database }: RunGround): Promise<void> {
  await database.rows(`select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and application_name = 'ibsafe-batch jobs'`);
}

/** Lets Agenda’s lock on the run’s jobs run out now instead of in half a minute. @returns how many */
async function deliverAgain({ database }: RunGround, runId: string): Promise<number> {
  const text = `update batch.agenda_jobs set locked_at = now() - interval '1 hour' where data->>'runId' = $1 and locked_at is not null returning 1`;
  return (await database.column(text, [runId])).length;
}

/** Jobs of a run that a worker was given and has not finished. A finished one may be left: the kill may come between its save and its removal. */
async function jobsOf({ database }: RunGround, runId: string, workerId: string): Promise<number> {
  const text = `select 1 from batch.agenda_jobs where data->>'runId' = $1 and last_modified_by = $2 and last_finished_at is null`;
  return (await database.column(text, [runId, workerId])).length;
}

async function repeated({ database }: RunGround, runId: string): Promise<string[]> {
  const [times] = await database.column<number>('select sum(fence - 1)::int from batch.chunk_work where run_id = $1', [runId]);
  return (times ?? 0) > MAX_REPEATED ? [`${times} chunks were claimed again, where ${MAX_REPEATED} may be`] : [];
}
