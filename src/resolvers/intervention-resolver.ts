import { Arg, Authorized, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { isBigint } from '../database/keyset.js';
import { differenceOf } from '../domain/programs/intervention-difference.js';
import type { Role } from '../identity/role.js';
import { explain } from '../domain/advice/points/explain.js';
import { comparable } from '../records/compared-advice.js';
import { InterventionDiff } from '../schema/intervention-diff-type.js';
import { Intervention } from '../schema/intervention-type.js';
import { AdvicePoint, MAX_WHY } from '../schema/advice-point-type.js';
import { Most } from '../schema/list-size.js';
import { ShowsPersons } from '../schema/of-person.js';
import { nodeOf } from './node-of.js';
import { notFound } from './bad-input.js';
import type { Context } from './context.js';
import { advicePoints } from './advice-point-node.js';

/** What can be asked of an intervention beside its columns. */
@Resolver(() => Intervention)
export class InterventionResolver {
  @Authorized<Role>('viewer')
  @ShowsPersons(({ value }) => [(value as InterventionDiff).otherUserId])
  @FieldResolver(() => InterventionDiff, {
    nullable: true,
    description: 'What changes from this intervention to another one: of the same user on another day, or of another user.',
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
    return nodeOf(InterventionDiff, { ...differenceOf(comparable(intervention), comparable(found)), otherUserId: found.userId });
  }

  @Authorized<Role>('viewer')
  @Most(MAX_WHY)
  @FieldResolver(() => [AdvicePoint], {
    nullable: true,
    description:
      'Why it says what it says: each sentence, what made it true, and its source. Null for advice of an earlier release, of the app, and of the batch before this one.',
  })
  async why(@Root() { id }: Intervention, @Ctx() context: Context): Promise<AdvicePoint[] | null> {
    const recorded = (await context.loaders.recordedAdvice.load(id))?.advice ?? null;
    return recorded && advicePoints(explain(recorded, context.advice.explainer), context);
  }
}

/** The id of a row of IBSafe's as clients write it, as the database writes it; undefined for a text that is none. */
function rowId(text: string): string | undefined {
  return isBigint(text) ? String(BigInt(text)) : undefined;
}
