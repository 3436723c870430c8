import { BAD_INPUTS } from './bad-input-words.js';
import { Arg, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import type { Role } from '../identity/role.js';
import type { UsageShareRow } from '../projections/queries/usage-queries.js';
import { Usage, UsageShare } from '../schema/usage-type.js';
import { nodeOf } from './node-of.js';
import { badInput } from './bad-input.js';
import type { Context } from './context.js';
import { letGoOf } from './let-go.js';
import { Weight } from '../schema/list-size.js';

/** What language models took in a month. */
@Resolver()
export class UsageResolver {
  @Authorized<Role>('viewer')
  @Weight(2_000)
  @Query(() => Usage, {
    nullable: true,
    description: 'What the runs that were requested in a month (in UTC) took of a language model; null for a month that was let go.',
  })
  async llmUsage(@Arg('month', { description: '`YYYY-MM`' }) month: string, @Ctx() { views, loaders }: Context): Promise<Usage | null> {
    if (!/^20\d\d-(0[1-9]|1[0-2])$/u.test(month)) throw badInput('month', BAD_INPUTS.tell('MONTH'));
    const shares = await views.usage.ofMonth(`${month}-01`);
    return shares.length === 0 && (await letGoOf({ month: `${month}-01` }, loaders)) !== undefined ? null : usageNode(shares);
  }
}

/** What shares come to. */
export function usageNode(shares: readonly UsageShareRow[]): Usage {
  const sum = (of: (share: UsageShareRow) => number): number => shares.reduce((total, share) => total + of(share), 0);
  return nodeOf(Usage, {
    tokensIn: sum(({ tokensIn }) => tokensIn),
    tokensOut: sum(({ tokensOut }) => tokensOut),
    tokensCached: sum(({ tokensCached }) => tokensCached),
    costUsd: sum(({ costMicros }) => costMicros) / 1_000_000,
    byGenerator: shares.map(({ runId: _runId, costMicros, ...share }) => nodeOf(UsageShare, { ...share, costUsd: costMicros / 1_000_000 })),
    usersEstimated: sum(({ usersEstimated }) => usersEstimated),
    budgetReached: shares.some(({ fallbackReason }) => fallbackReason === 'BUDGET_REACHED'),
  });
}
