import { asTyped } from '../../base/as-typed.js';
import type { Drift } from '../../application/schedules/schedule-drift.js';
import { JOB_STORE_DOWN, scheduleStatus, type JobsStatus } from '../../application/schedules/schedule-status.js';
import { withCore } from '../database/command-database.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import { count } from '../screen/figures.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';

/** Counts schedules and jobs and tells where they differ. */
export async function scheduleStatusCommand(shell: Shell): Promise<ExitCode> {
  const { figures, kind } = await withCore(shell, 'existing', async ({ deps, jobs }) => ({
    figures: await scheduleStatus(deps),
    kind: jobs.kind,
  }));
  const { totalSchedules, activeSchedules, jobs } = figures;
  shell.print(say('schedulesCounted', { total: count(totalSchedules), active: count(activeSchedules) }));
  for (const line of jobsLines(jobs, kind)) shell.print(line);
  shell.printJson({ totalSchedules, activeSchedules, ...jobsDocument(jobs, kind) });
  return jobs.ok && !drifts(jobs.drift) ? EXIT.done : EXIT.failed;
}

function drifts({ missing, extra, different }: Drift): boolean {
  return missing.length + extra.length + different.length > 0;
}

function jobsLines(jobs: JobsStatus, kind: string): string[] {
  if (!jobs.ok) return [say('jobStoreDown', { kind })];
  const { missing, extra, different } = jobs.drift;
  return [
    say('jobsCounted', { jobs: count(jobs.jobs), kind, enabled: count(jobs.enabledJobs) }),
    drifts(jobs.drift) ? say('driftFound', { sync: asTyped('schedule sync') }) : say('driftNone'),
    ...missing.map(({ name }) => say('jobMissing', { name })),
    ...extra.map(({ name }) => say('jobExtra', { name })),
    ...different.map(({ wanted, fields }) => say('jobDifferent', { name: wanted.name, fields: fields.join(', ') })),
  ];
}

/** With the names that GraphQL uses. */
function jobsDocument(jobs: JobsStatus, kind: string): object {
  if (!jobs.ok) return { jobs: null, enabledJobs: null, drift: null, jobStore: { kind, ok: false, problem: JOB_STORE_DOWN.text } };
  const { missing, extra, different } = jobs.drift;
  const drift = {
    missing: missing.map(named),
    extra: extra.map(named),
    different: different.map(({ wanted, fields }) => ({ ...named(wanted), fields })),
  };
  return { jobs: jobs.jobs, enabledJobs: jobs.enabledJobs, drift, jobStore: { kind, ok: true, problem: null } };
}

function named({ scheduleId, name }: { readonly scheduleId: string; readonly name: string }): object {
  return { scheduleId, name };
}
