import { because } from '../domain/refusals.js';
import { refusedNode } from './refused-node.js';
import { Arg, Authorized, Ctx, Mutation, Resolver } from 'type-graphql';
import { importSchedules, type ImportedRow } from '../application/schedules/import-schedules.js';
import { initSchedules } from '../application/schedules/first-schedule.js';
import { jobStoreAnswers } from '../application/schedules/schedule-status.js';
import { syncSchedules } from '../application/schedules/sync-schedules.js';
import type { Role } from '../identity/role.js';
import type { Refused } from '../schema/error-type.js';
import {
  ImportedSchedule,
  ImportSchedulesResult,
  InitSchedulesResult,
  SchedulesImported,
  SchedulesInitialized,
  SchedulesSynced,
  SyncSchedulesResult,
} from '../schema/schedule-results.js';
import { nodeOf } from './node-of.js';
import { requireRole } from './authorize.js';
import type { Context } from './context.js';
import { scheduleNode } from './schedule-nodes.js';

/** What is done to all schedules at once. */
@Resolver()
export class ScheduleUpkeepResolver {
  @Authorized<Role>('operator')
  @Mutation(() => InitSchedulesResult, {
    description: 'Makes the default schedule (일일 중재 권고사항 생성, daily at 09:00 in Seoul) where there is none.',
  })
  async initSchedules(
    @Arg('force', { defaultValue: false, description: 'Deletes every schedule first. Needs the role admin.' }) force: boolean,
    @Ctx() { deps, actor, caller }: Context,
  ): Promise<SchedulesInitialized | Refused> {
    if (force) requireRole(caller, 'admin', '`initSchedules(force: true)`');
    const { created, deleted } = await initSchedules(deps, { force, actor });
    if (created === null) return refusedNode({ code: 'SCHEDULES_EXIST', ...because('SCHEDULES_EXIST') });
    return nodeOf(SchedulesInitialized, { created: scheduleNode(created), deleted: deleted.map(scheduleNode) });
  }

  @Authorized<Role>('operator')
  @Mutation(() => SyncSchedulesResult, {
    description:
      'Makes the job store hold one job per schedule, that of a paused one disabled, and leaves alone what is right. The service does so itself every few minutes.',
  })
  async syncSchedules(@Ctx() { deps }: Context): Promise<SchedulesSynced | Refused> {
    if (!(await jobStoreAnswers(deps))) return refusedNode({ code: 'JOB_STORE_UNAVAILABLE', ...because('JOB_STORE_UNAVAILABLE') });
    return nodeOf(SchedulesSynced, await syncSchedules(deps));
  }

  @Authorized<Role>('operator')
  @Mutation(() => ImportSchedulesResult, {
    description: 'Takes over IBSafe’s own schedules (`ibsafe_batchschedule`). Repeatable: a row is taken once.',
  })
  async importSchedules(@Ctx() { deps, actor }: Context): Promise<SchedulesImported | Refused> {
    const report = await importSchedules(deps, actor);
    if (report === undefined) return refusedNode({ code: 'NO_IBSAFE_SCHEDULES', ...because('NO_IBSAFE_SCHEDULES') });
    return nodeOf(SchedulesImported, {
      imported: report.imported.map(importedNode),
      known: report.known.map(importedNode),
      refused: report.refused,
    });
  }
}

function importedNode({ renumbered, ...imported }: ImportedRow): ImportedSchedule {
  return nodeOf(ImportedSchedule, { ...imported, renumbered: renumbered?.text ?? null });
}
