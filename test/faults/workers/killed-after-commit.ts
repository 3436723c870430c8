import { startServiceProcess } from '../../support/service-process.js';
import { holdTable } from '../../support/table-hold.js';
import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';
import { heirOn } from '../heir.js';
import { runGround, SHORT_LEASE, type RunGround } from '../run-ground.js';

const CHUNK_SIZE = 8;
const LANES = 2;

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
      const written = await claimsOfWritten(ground, runId);
      await agenda.release();
      const redelivered = await deliverAgain(ground, runId);
      heir.thaw();
      await ground.ended(runId);
      const verdict = await ground.verdict(runId, { bites: redelivered, since });
      await patiently(async () => (await jobsOf(ground, runId, doomed.workerId)) === 0); // all of them delivered to the other by now
      const after = await ground.verdict(runId, { bites: redelivered, broken: await claimedAgain(ground, runId, written) });
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

/** Chunks that are written, each with how often it was claimed: `chunk:claims`. */
function claimsOfWritten({ database }: RunGround, runId: string): Promise<string[]> {
  return database.column("select chunk || ':' || fence from batch.chunk_work where run_id = $1 and done order by chunk", [runId]);
}

/** One that was not written may be claimed as often as it must: a lane of a busy machine outlives its short lease. */
async function claimedAgain(ground: RunGround, runId: string, written: readonly string[]): Promise<string[]> {
  const after = new Set(await claimsOfWritten(ground, runId));
  const again = written.filter((each) => !after.has(each)).length;
  if (written.length === 0) return ['no chunk was written before the kill'];
  return again > 0 ? [`${again} chunks were claimed again that were written`] : [];
}
