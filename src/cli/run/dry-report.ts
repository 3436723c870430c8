import type { Tally } from '../../domain/outcome.js';
import type { Run } from '../../domain/run/run.js';
import { RunLinkQueries } from '../../projections/queries/run-link-queries.js';
import type { Core } from '../../runtime/core.js';
import { count } from '../screen/figures.js';
import { say } from '../words/catalogue.js';

/** What a dry run would have written, with the names that GraphQL's `Run.report` uses. */
export interface DryReport {
  readonly interventions: number;
  /** Of them, those in the place of one that is there. */
  readonly replacing: number;
  /** Users who would keep the one that is there. */
  readonly keeping: number;
}

/** Reads what a dry run would have written. */
export async function dryReport(core: Core, { runId, request }: Run, { generated, reasons }: Tally): Promise<DryReport> {
  const links = new RunLinkQueries(core.orm.em.fork());
  const replacing = request.onExisting === 'SKIP' ? 0 : ((await links.replaced([runId])).get(runId) ?? 0);
  return { interventions: generated, replacing, keeping: reasons['INTERVENTION_EXISTS'] ?? 0 };
}

/** The report on a line. */
export function reportLine({ interventions, replacing, keeping }: DryReport): string {
  return say('dryReport', { interventions: count(interventions), replacing: count(replacing), keeping: count(keeping) });
}
