import { Arg, Authorized, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
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
    @Arg('other', () => ID, { description: 'The id of the other one.' }) other: string,
    @Ctx() { loaders }: Context,
  ): Promise<InterventionDiff> {
    const id = rowId(other);
    const found = id === undefined ? undefined : await loaders.intervention.load(id);
    if (found === undefined)
      throw notFound('INTERVENTION', `No intervention has the id ${other.slice(0, 30)}. List them with \`interventions\`.`);
    return Object.assign(new InterventionDiff(), differenceOf(comparable(intervention), comparable(found)));
  }
}

/** The id of a row of IBSafe's (a bigint there) as clients write it; undefined for a text that is none. */
function rowId(text: string): number | undefined {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : undefined;
  return id !== undefined && Number.isSafeInteger(id) ? id : undefined;
}
