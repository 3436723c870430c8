import { isRejection } from '../../domain/rejection.js';
import type { Said } from '../../domain/said.js';
import type { Frequency } from '../../domain/schedule/cadence.js';
import type { Deps, IbsafeSchedule, Deciding, Ordering } from '../ports.js';
import { createScheduleFrom } from './edit-schedules.js';

/** What became of each row of IBSafe's own table. */
export interface ImportReport {
  readonly imported: readonly { readonly ibsafeId: number; readonly scheduleId: string; readonly name: string }[];
  /** Rows that an earlier import brought already. */
  readonly known: readonly { readonly ibsafeId: number; readonly scheduleId: string }[];
  /** Rows that cannot be taken, and why. */
  readonly refused: readonly { readonly ibsafeId: number; readonly message: string; readonly said: Said }[];
}

/** Ids of IBSafe's rows that their schedules keep; our own begin above. */
const MOST_KEPT = 1_000_000;

/** IBSafe's words for its cadences; anything else meant "daily" to it, silently, and is refused here. */
const FREQUENCIES: Readonly<Record<string, Frequency>> = { daily: 'DAILY', weekly: 'WEEKLY', monthly: 'MONTHLY' };

/**
 * Brings IBSafe's own schedules over. Repeatable: each row's schedule has an id derived from the row's, so a second import makes none twice, and
 * processes take turns. @returns undefined where there is no table of IBSafe's to import from
 */
export function importSchedules(
  deps: Deciding & Ordering & Pick<Deps, 'exclusively' | 'ibsafeSchedules'>,
  actor: string,
): Promise<ImportReport | undefined> {
  return deps.exclusively('import schedules', async () => {
    const rows = await deps.ibsafeSchedules();
    return rows && importRows(deps, rows, actor);
  });
}

async function importRows(deps: Deciding & Ordering, rows: readonly IbsafeSchedule[], actor: string): Promise<ImportReport> {
  const report: { [K in keyof ImportReport]: ImportReport[K][number][] } = { imported: [], known: [], refused: [] };
  for (const row of rows) {
    const scheduleId = deps.idOf('ibsafe_batchschedule', String(row.id));
    const keeps = row.id >= 1 && row.id <= MOST_KEPT;
    const answer = await createScheduleFrom(deps, { input: inputOf(row), actor, scheduleId, ...(keeps && { number: row.id }) });
    if (!isRejection(answer)) report.imported.push({ ibsafeId: row.id, scheduleId, name: answer.settings.name });
    else if (answer.code === 'SCHEDULE_EXISTS') report.known.push({ ibsafeId: row.id, scheduleId });
    else report.refused.push({ ibsafeId: row.id, message: answer.message, said: answer.said });
  }
  return report;
}

function inputOf({ name, frequency, hour, minute, active }: IbsafeSchedule): Parameters<typeof createScheduleFrom>[1]['input'] {
  return { name, frequency: FREQUENCIES[frequency] ?? frequency, hour, minute, active };
}
