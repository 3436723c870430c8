import { TELLING_FALLBACKS } from '../../domain/rollout/arm-figures.js';

const ALSO = (codes: readonly string[]): string => codes.map((code) => `'${code}'`).join(', ');

/**
 * Folds what the sides of rollouts came to in each chunk out of the outcomes that name one, as `figuresOfOutcomes` counts them. `$1` when the first rollout began: no outcome before it names any. Outcomes
 * lie in the months of their runs, which may have been asked for in the month before.
 */
export const FOLD_ROLLOUT_FIGURES = `select (e.data->'rollout'->>'id')::uuid as rollout_id, e.run_id, split_part(e.stream, '/chunk-', 2)::int as chunk, e.data->'rollout'->>'arm' as arm,
    count(*) as users,
    count(*) filter (where e.type = 'InterventionGenerated') as advised,
    count(*) filter (where e.type = 'UserFailed') as failed,
    count(*) filter (where e.data->>'fallbackReason' in (${ALSO(TELLING_FALLBACKS)})) as fallbacks,
    count(*) filter (where e.data->'violations' ? 'POINT_NOT_TRUE') as points_dropped,
    count(*) filter (where jsonb_array_length(coalesce(e.data->'violations', '[]') - 'POINT_NOT_TRUE') > 0) as answers_refused,
    count(*) filter (where jsonb_array_length(coalesce(e.data->'violations', '[]')) > 0) as gate_drops,
    coalesce(sum((e.data->>'tokensIn')::bigint), 0)::bigint as tokens_in,
    coalesce(sum((e.data->>'tokensOut')::bigint), 0)::bigint as tokens_out,
    coalesce(sum((e.data->>'costMicros')::bigint), 0)::bigint as cost_micros,
    coalesce(sum((e.data->>'durationMs')::bigint) filter (where e.type = 'InterventionGenerated'), 0)::bigint as duration_ms
  from batch.event_log e
  where e.subject is not null and e.type in ('InterventionGenerated', 'UserFailed') and e.data ? 'rollout'
    and e.run_month >= date_trunc('month', $1::timestamptz at time zone 'UTC' - interval '12 months')::date
  group by 1, 2, 3, 4`;
