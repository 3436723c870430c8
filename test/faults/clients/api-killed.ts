import { randomUUID } from 'node:crypto';
import { runBatch } from '../../support/batch-client.js';
import { startServiceProcess } from '../../support/service-process.js';
import { holdTable } from '../../support/table-hold.js';
import { sceneOf, type Fault } from '../fault.js';
import { patiently } from '../patiently.js';
import { heirOn } from '../heir.js';
import { runGround, type RunGround } from '../run-ground.js';

/** Where in `runBatch` the process dies: before it wrote anything, between the event and the view, after the commit and before its answer. */
const POINTS = ['BEFORE', 'WITHIN', 'AFTER'] as const;
const LOCKS = {
  BEFORE: 'batch.idempotency_key in exclusive mode',
  WITHIN: 'batch.run_view in share mode',
  AFTER: 'batch.agenda_jobs in share mode',
} as const;

/** 5: the client has no answer and repeats its request on another process. */
export const API_KILLED: Fault = {
  id: '5',
  what: 'the API killed during runBatch; the client repeats with its key',
  promise: 'one run, which ends',
  open: async () => {
    const ground = await runGround({ users: 60 });
    await heirOn(ground);
    return sceneOf(ground.resources, async (draws) => {
      await ground.database.rows('delete from ibsafe_interventionrecord');
      const before = await runs(ground);
      await using doomed = await startServiceProcess(ground.database, 'api');
      const point = draws.pick(POINTS);
      const input = { idempotencyKey: randomUUID(), chunkSize: draws.between(3, 12) };
      const hold = await holdTable(ground.database, LOCKS[point]);
      let unanswered = 0;
      const first = runBatch(doomed.url, input).catch(() => (unanswered += 1));
      if (point === 'AFTER') await patiently(async () => (await runs(ground)) > before);
      else await hold.keeps(1);
      doomed.child.kill('SIGKILL');
      const since = performance.now();
      await doomed.ended;
      await first;
      await hold.release();
      const answer = await runBatch(ground.url, input);
      const runId = answer.run?.id ?? '';
      await ground.ended(runId);
      const made = (await runs(ground)) - before;
      const verdict = await ground.verdict(runId, { bites: unanswered, since });
      return { ...verdict, lost: verdict.lost + Number(made < 1), doubled: verdict.doubled + Math.max(0, made - 1) };
    });
  },
};

async function runs({ database }: RunGround): Promise<number> {
  const text = `select (select count(*) from batch.run_view)::int + (select count(*) from batch.event where type = 'RunRequested')::int as n`;
  return ((await database.column<number>(text))[0] ?? 0) / 2; // a run without its event would be half a run
}
