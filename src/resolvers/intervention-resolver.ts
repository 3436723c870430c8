import { Arg, Authorized, Ctx, FieldResolver, Float, Resolver, Root } from 'type-graphql';
import { differenceOf } from '../domain/programs/intervention-difference.js';
import type { Role } from '../identity/role.js';
import { comparable } from '../records/comparable-intervention.js';
import { InterventionDiff } from '../schema/intervention-diff-type.js';
import { Intervention } from '../schema/intervention-type.js';
import { notFound } from './bad-input.js';
import type { Context } from './context.js';

/** What can be asked of an intervention beside its columns. */
@Resolver(() => Intervention)
export class InterventionResolver {
  @Authorized<Role>('viewer')
  @FieldResolver(() => InterventionDiff, {
    nullable: true,
    description: 'What changes from this intervention to another one: of the same user on another day, or of anybody.',
  })
  async diff(
    @Root() intervention: Intervention,
    @Arg('other', () => Float, { description: 'The id of the other one.' }) other: number,
    @Ctx() { loaders }: Context,
  ): Promise<InterventionDiff> {
    const found = Number.isSafeInteger(other) ? await loaders.intervention.load(other) : undefined;
    if (found === undefined) throw notFound('INTERVENTION', `No intervention has the id ${other}. List them with \`interventions\`.`);
    return Object.assign(new InterventionDiff(), differenceOf(comparable(intervention), comparable(found)));
  }
}
