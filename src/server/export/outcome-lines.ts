import type { OutcomeQueries } from '../../projections/queries/outcome-queries.js';
import type { RunKey } from '../../projections/queries/run-key.js';
import { outcomeNode } from '../../resolvers/outcome-nodes.js';
import type { Outcome } from '../../schema/outcome-type.js';
import { type Cell, csvLine } from './csv-line.js';

/** Outcomes that are read by one statement: enough to be quick, few enough to hold. */
const PAGE = 1_000;

/** The columns in their order, and what stands in each. */
const COLUMNS: readonly (readonly [string, (outcome: Outcome) => Cell])[] = [
  ['user_id', ({ userId }) => userId],
  ['outcome', ({ outcome }) => outcome],
  ['skip_reasons', ({ skipReasons }) => skipReasons.join(' ')],
  ['failure_code', ({ failureCode }) => failureCode],
  ['retryable', ({ retryable }) => retryable],
  ['attempts', ({ attempts }) => attempts],
  ['generator', ({ generator }) => generator],
  ['fallback_of', ({ fallbackOf }) => fallbackOf],
  ['fallback_reason', ({ fallbackReason }) => fallbackReason],
  ['violations', ({ violations }) => violations.join(' ')],
  ['duration_ms', ({ durationMs }) => durationMs],
  ['tokens_in', ({ tokensIn }) => tokensIn],
  ['tokens_out', ({ tokensOut }) => tokensOut],
  ['tokens_cached', ({ tokensCached }) => tokensCached],
  ['tokens_estimated', ({ tokensEstimated }) => tokensEstimated],
  ['cost_usd', ({ costUsd }) => costUsd],
  ['model', ({ model }) => model],
  ['prompt_version', ({ promptVersion }) => promptVersion],
  ['intervention_id', ({ interventionId }) => interventionId],
  ['recorded_at', ({ recordedAt }) => recordedAt],
];

/** A run's outcomes as CSV in an order that stays, in pieces, the first with the names of the columns. Nothing is held open between two pieces. */
export async function* outcomeLines(outcomes: OutcomeQueries, run: RunKey): AsyncGenerator<string, void, void> {
  yield csvLine(COLUMNS.map(([name]) => name));
  let after: number | undefined;
  for (;;) {
    const page = { first: PAGE, ...(after !== undefined && { after: [after] }) };
    const { rows, hasNext } = (await outcomes.ofRuns([run], { filter: {}, page })).get(run.runId) ?? { rows: [], hasNext: false };
    const lines = rows.map((row) => {
      const outcome = outcomeNode(row);
      return csvLine(COLUMNS.map(([, cell]) => cell(outcome)));
    });
    if (lines.length > 0) yield lines.join('');
    if (!hasNext) return;
    after = rows.at(-1)?.subject;
  }
}
