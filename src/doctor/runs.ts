import type { Pool } from 'pg';
import { asTyped } from '../base/as-typed.js';
import type { Said } from '../domain/said.js';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

const PAUSED = `select run_id as "runId", paused_cause as cause from batch.run_view
  where ended_at is null and status = 'PAUSED' and cancel_requested_at is null order by requested_at`;

const QUEUED = `select r.schedule_id as "scheduleId", count(*)::int as runs, min(s.status) as status
  from batch.run_view r join batch.schedule_view s on s.schedule_id = r.schedule_id
  where r.ended_at is null and r.planned_at is null and s.status <> 'ACTIVE' group by 1 order by 2 desc`;

interface Paused {
  readonly runId: string;
  readonly cause: string | null;
}

/** Whether a run waits for an operator: paused, or asked for by a schedule that is switched off. */
export async function judgeRuns(pool: Pool): Promise<CheckResult> {
  const [paused, queued] = await Promise.all([
    pool.query<Paused>(PAUSED),
    pool.query<{ scheduleId: string; runs: number; status: string }>(QUEUED),
  ]);
  const [first] = paused.rows;
  if (first !== undefined) {
    const told = { run: first.runId, cause: first.cause ?? 'OPERATOR' };
    const more = paused.rows.length - 1;
    return warning(more > 0 ? tell('RUNS_PAUSED', { ...told, more }) : tell('RUN_PAUSED', told), adviceFor(first));
  }
  const [waiting] = queued.rows;
  if (waiting === undefined) return ok(tell('NONE_PAUSED'));
  const { runs, scheduleId, status } = waiting;
  return warning(
    tell('RUNS_QUEUED', { runs, schedule: scheduleId, status }),
    tell('LET_OR_CANCEL', { command: `${asTyped('schedule cancel-queued')} ${scheduleId}` }),
  );
}

function adviceFor({ runId, cause }: Paused): Said {
  const command = `${asTyped('resume')} ${runId}`;
  if (cause === 'GENERATOR_UNAVAILABLE') return tell('GOES_ON_ITSELF', { command });
  return tell(cause === 'FAULT' ? 'RESUME_AFTER_FAULT' : 'RESUME_IT', { command });
}
