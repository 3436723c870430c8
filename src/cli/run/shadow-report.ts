import { RunFiguresQueries, type ShadowFigures } from '../../projections/queries/run-figures-queries.js';
import type { Core } from '../../runtime/core.js';
import { count } from '../screen/figures.js';

/** What a shadow run found. */
export type ShadowReport = Omit<ShadowFigures, 'runId'>;

const NOTHING: ShadowReport = { compared: 0, same: 0, withoutSaved: 0, byField: {} };

/** Counts where a shadow run's advice differs from what is saved. */
export async function shadowReport(core: Core, runId: string): Promise<ShadowReport> {
  const [figures] = await new RunFiguresQueries(core.orm.em.fork()).shadows([runId]);
  if (figures === undefined) return NOTHING;
  const { runId: _runId, ...report } = figures;
  return report;
}

/** The report for people: a line for each field, most users first. */
export function shadowLines({ compared, same, withoutSaved, byField }: ShadowReport): string[] {
  const fields = Object.entries(byField).toSorted(([a, x], [b, y]) => y - x || a.localeCompare(b));
  return [
    `Compared with the saved advice of ${count(compared)} users: the same for ${count(same)}. ${count(withoutSaved)} had none to compare with.`,
    ...fields.map(([field, users]) => `  ${field.toLowerCase().replaceAll('_', ' ').padEnd(20)} ${count(users).padStart(9)}`),
  ];
}
