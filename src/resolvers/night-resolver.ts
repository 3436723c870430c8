import { BAD_INPUTS } from './bad-input-words.js';
import { Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { daysBetween, localDate } from '../domain/local-date.js';
import { SKIP_REASONS } from '../domain/outcome.js';
import { programOf } from '../domain/programs/all-programs.js';
import type { Role } from '../identity/role.js';
import type { NightRow } from '../projections/queries/night-queries.js';
import { Most } from '../schema/list-size.js';
import { MAX_NIGHT_DAYS, Night, NightArgs, nightsAsked } from '../schema/night-type.js';
import { nodeOf } from './node-of.js';
import { badInput } from './bad-input.js';
import type { Context } from './context.js';
import { reasonCounts } from './run/run-nodes.js';

/** What nights came to. */
@Resolver()
export class NightResolver {
  @Authorized<Role>('viewer')
  @Most(({ args }) => nightsAsked(args))
  @Query(() => [Night], {
    description: 'What the nights of some record dates came to, newest first; a day without a run has none. At most 1,100 days.',
  })
  async nights(@Args(() => NightArgs) { from, to, program }: NightArgs, @Ctx() { views }: Context): Promise<Night[]> {
    const days = daysBetween(from, to) + 1;
    if (days < 1 || days > MAX_NIGHT_DAYS) throw badInput('from', BAD_INPUTS.tell('DAYS', { least: 1, most: MAX_NIGHT_DAYS, found: days }));
    return (await views.nights.ofSpan({ from, to, program: program ?? null })).map(nightNode);
  }
}

function nightNode({ costMicros, reasons, fallbacks, ...row }: NightRow): Night {
  const { generated, existed, failed, cancelled, ready } = row;
  const eligible = generated + existed + failed + cancelled;
  return nodeOf(Night, {
    ...row,
    targetDate: programOf(row.program).targetDate(localDate(row.recordDate)),
    costUsd: costMicros / 1_000_000,
    skipReasons: reasonCounts(those(reasons, isSkip)),
    failures: reasonCounts(those(reasons, (code) => !SKIPS.has(code))),
    fallbacks: reasonCounts(fallbacks),
    eligible,
    coverage: eligible === 0 ? null : (generated + existed) / eligible,
    readyCoverage: eligible === 0 || ready === null ? null : ready / eligible,
  });
}

const SKIPS: ReadonlySet<string> = new Set(SKIP_REASONS);

/** `existed` tells of advice that was there. */
function isSkip(code: string): boolean {
  return SKIPS.has(code) && code !== 'INTERVENTION_EXISTS';
}

function those(counts: Readonly<Record<string, number>>, wanted: (code: string) => boolean): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([code]) => wanted(code)));
}
