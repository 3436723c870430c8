import { BAD_INPUTS } from './bad-input-words.js';
import { Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { daysBetween } from '../domain/local-date.js';
import type { Role } from '../identity/role.js';
import { Most } from '../schema/list-size.js';
import { MAX_NIGHT_DAYS, Night, NightArgs, nightsAsked } from '../schema/night-type.js';
import { badInput } from './bad-input.js';
import type { Context } from './context.js';
import { NightNode } from './night-node.js';

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
    return (await views.nights.ofSpan({ from, to, program: program ?? null })).map((row) => new NightNode(row));
  }
}
