import { RunFiguresQueries, type ShadowFigures } from '../../projections/queries/run-figures-queries.js';
import type { Core } from '../../runtime/core.js';
import { count } from '../screen/figures.js';
import { padToWidth } from '../screen/text-width.js';
import { nameOf, say } from '../words/catalogue.js';
import { spokenLanguage } from '../words/language.js';

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
    say('comparedWithSaved', { compared: count(compared), same: count(same), without: count(withoutSaved) }),
    ...fields.map(([field, users]) => `  ${padToWidth(fieldName(field), 20)} ${count(users).padStart(9)}`),
  ];
}

function fieldName(field: string): string {
  return spokenLanguage() === 'en' ? field.toLowerCase().replaceAll('_', ' ') : nameOf('InterventionField', field);
}
