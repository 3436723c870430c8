import { isRejection } from '../domain/rejection.js';
import { Arg, Authorized, Ctx, Int, Query, Resolver } from 'type-graphql';
import { previewSchedule } from '../application/schedules/preview-schedule.js';
import type { Drift } from '../application/schedules/schedule-drift.js';
import { JOB_STORE_DOWN, scheduleStatus } from '../application/schedules/schedule-status.js';
import type { Role } from '../identity/role.js';
import type { ScheduleInvalid } from '../schema/schedule-errors.js';
import { ScheduleInput } from '../schema/schedule-input.js';
import { SchedulePreview, SchedulePreviewResult } from '../schema/schedule-results.js';
import { DifferentJob, DriftingJob, ScheduleDrift, ScheduleStatusReport } from '../schema/schedule-status-type.js';
import { StoreStatus } from '../schema/status-type.js';
import { nodeOf } from './node-of.js';
import type { Context } from './context.js';
import { invalidNode, settingsNode } from './schedule-nodes.js';
import { Weight } from '../schema/list-size.js';

/** Schedules before they are saved, and all of them together. */
@Resolver()
export class ScheduleStatusResolver {
  @Authorized<Role>('viewer')
  @Query(() => SchedulePreviewResult, {
    description: 'When a schedule would come due, without saving it: its next times, at most 100, with notes on daylight saving.',
  })
  schedulePreview(
    @Arg('input', () => ScheduleInput) input: ScheduleInput,
    @Arg('count', () => Int, { defaultValue: 10 }) count: number,
    @Ctx() { deps }: Context,
  ): SchedulePreview | ScheduleInvalid {
    const preview = previewSchedule({ input, count, now: deps.clock() });
    if (isRejection(preview)) return invalidNode(preview);
    return nodeOf(SchedulePreview, { settings: settingsNode(preview.settings), slots: preview.slots });
  }

  @Authorized<Role>('viewer')
  @Weight(500)
  @Query(() => ScheduleStatusReport, {
    description: 'Totals, and the drift between the schedules and the jobs in the job store: missing, extra, different.',
  })
  async scheduleStatus(@Ctx() { deps, system }: Context): Promise<ScheduleStatusReport> {
    const { totalSchedules, activeSchedules, jobs } = await scheduleStatus(deps);
    const said = jobs.ok ? null : JOB_STORE_DOWN.said;
    return nodeOf(ScheduleStatusReport, {
      totalSchedules,
      activeSchedules,
      jobs: jobs.ok ? jobs.jobs : null,
      enabledJobs: jobs.ok ? jobs.enabledJobs : null,
      drift: jobs.ok ? driftNode(jobs.drift) : null,
      jobStore: nodeOf(StoreStatus, { kind: system.jobStoreKind, ok: jobs.ok, said }),
    });
  }
}

function driftNode({ missing, extra, different }: Drift): ScheduleDrift {
  return nodeOf(ScheduleDrift, {
    missing: missing.map(jobNode),
    extra: extra.map(jobNode),
    different: different.map(({ wanted, fields }) => nodeOf(DifferentJob, { scheduleId: wanted.scheduleId, name: wanted.name, fields })),
  });
}

function jobNode({ scheduleId, name }: { readonly scheduleId: string; readonly name: string }): DriftingJob {
  return nodeOf(DriftingJob, { scheduleId, name });
}
