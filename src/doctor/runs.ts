import type { Pool } from 'pg';
import { asTyped } from '../as-typed.js';
import { ok, warning, type Verdict } from './finding.js';

const PAUSED = `select run_id as "runId", paused_cause as cause from batch.run_view
  where ended_at is null and status = 'PAUSED' and cancel_requested_at is null order by requested_at`;

const QUEUED = `select r.schedule_id as "scheduleId", count(*)::int as runs, min(s.status) as status
  from batch.run_view r join batch.schedule_view s on s.schedule_id = r.schedule_id
  where r.ended_at is null and r.planned_at is null and s.status <> 'ACTIVE' group by 1 order by 2 desc`;

interface Paused {
  readonly runId: string;
  readonly cause: string | null;
}

/** Whether a run waits for somebody: paused, or asked for by a schedule that is switched off. */
export async function judgeRuns(pool: Pool): Promise<Verdict> {
  const [paused, queued] = await Promise.all([
    pool.query<Paused>(PAUSED),
    pool.query<{ scheduleId: string; runs: number; status: string }>(QUEUED),
  ]);
  const [first] = paused.rows;
  if (first !== undefined) {
    const more = paused.rows.length > 1 ? ` and ${paused.rows.length - 1} more` : '';
    return warning(`run ${first.runId}${more} is paused (${first.cause ?? 'OPERATOR'})`, adviceFor(first));
  }
  const [waiting] = queued.rows;
  if (waiting === undefined) return ok('no run is paused');
  return warning(
    `${waiting.runs} runs of schedule ${waiting.scheduleId}, which is ${waiting.status}, have not begun and still will`,
    `Let them, or cancel them: ${asTyped('schedule cancel-queued')} ${waiting.scheduleId}`,
  );
}

function adviceFor({ runId, cause }: Paused): string {
  const resume = `${asTyped('resume')} ${runId}`;
  if (cause === 'GENERATOR_UNAVAILABLE') return `It goes on by itself when the model's endpoint answers; sooner by: ${resume}`;
  if (cause === 'FAULT') return `The database refuses its work: see to the findings of rights and tables, then: ${resume}`;
  return `It stays as it is until somebody resumes it: ${resume}`;
}
