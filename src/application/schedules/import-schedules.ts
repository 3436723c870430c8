import { isRejection } from '../../domain/rejection.js';
import { because } from '../../domain/refusals.js';
import type { Said, Told } from '../../domain/said.js';
import type { Frequency } from '../../domain/schedule/cadence.js';
import type { Deps, IbsafeSchedule, Deciding, Ordering } from '../ports.js';
import { createScheduleFrom } from './edit-schedules.js';

/** A row that has a schedule. */
export interface ImportedRow {
  /** In digits. */
  readonly ibsafeId: string;
  readonly scheduleId: string;
  /** The schedule's integer id, by which REST knows it. */
  readonly number: number;
  /** Why that is not the row's id; null where it is. */
  readonly renumbered: Told | null;
}

/** What became of each row of IBSafe's own table. */
export interface ImportReport {
  readonly imported: readonly (ImportedRow & { readonly name: string })[];
  /** Rows that an earlier import brought already. */
  readonly known: readonly ImportedRow[];
  /** Rows that cannot be taken, and why. */
  readonly refused: readonly { readonly ibsafeId: string; readonly message: string; readonly said: Said }[];
}

/** Ids of IBSafe's rows that their schedules keep; our own begin above. */
const MAX_KEPT = 1_000_000;

/** IBSafe's words for its cadences; anything else meant "daily" to it, silently, and is refused here. */
const FREQUENCIES: ReadonlyMap<string, Frequency> = new Map([
  ['daily', 'DAILY'],
  ['weekly', 'WEEKLY'],
  ['monthly', 'MONTHLY'],
]);

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
    const scheduleId = deps.idOf('ibsafe_batchschedule', row.id);
    const number = Number(row.id);
    const keeps = number >= 1 && number <= MAX_KEPT;
    const answer = await createScheduleFrom(deps, { input: inputOf(row), actor, scheduleId, ...(keeps && { number }) });
    if (!isRejection(answer)) report.imported.push({ ...(await importedRow(deps, row.id, scheduleId)), name: answer.settings.name });
    else if (answer.code === 'SCHEDULE_EXISTS') report.known.push(await importedRow(deps, row.id, scheduleId));
    else report.refused.push({ ibsafeId: row.id, message: answer.message, said: answer.said });
  }
  return report;
}

/** The number that the schedule came to: what is kept is what stands there. */
async function importedRow(deps: Ordering, ibsafeId: string, scheduleId: string): Promise<ImportedRow> {
  const number = await deps.transaction((tx) => tx.schedules.numberOf(scheduleId));
  const isKept = String(number) === ibsafeId;
  return {
    ibsafeId,
    scheduleId,
    number,
    renumbered: isKept ? null : because('IMPORT_RENUMBERED', { number, row: ibsafeId, most: MAX_KEPT }),
  };
}

function inputOf({ name, frequency, hour, minute, active }: IbsafeSchedule): Parameters<typeof createScheduleFrom>[1]['input'] {
  return { name, frequency: FREQUENCIES.get(frequency) ?? frequency, hour, minute, active };
}
