import { Args, Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { FAILURE_CODES } from '../domain/outcome.js';
import { daysBetween } from '../domain/local-date.js';
import type { Role } from '../identity/role.js';
import { FailureArgs, FailureCount, MAX_FAILURE_DAYS } from '../schema/failure-type.js';
import { Most, Weight } from '../schema/list-size.js';
import { BAD_INPUTS } from './bad-input-words.js';
import { badInput } from './bad-input.js';
import type { Context } from './context.js';
import { nodeOf } from './node-of.js';

/** What patients failed of. */
@Resolver()
export class FailureResolver {
  @Authorized<Role>('viewer')
  @Weight(20)
  @Most(FAILURE_CODES.length)
  @Query(() => [FailureCount], {
    description:
      'What users failed of over some record dates, by code: how many outcomes, how many users, and how many of them are still without advice.',
  })
  async failures(@Args(() => FailureArgs) { from, to }: FailureArgs, @Ctx() { views }: Context): Promise<FailureCount[]> {
    const days = daysBetween(from, to) + 1;
    if (days < 1 || days > MAX_FAILURE_DAYS)
      throw badInput('from', BAD_INPUTS.tell('DAYS', { least: 1, most: MAX_FAILURE_DAYS, found: days }));
    return (await views.failures.ofSpan({ from, to })).map((count) => nodeOf(FailureCount, count));
  }
}
