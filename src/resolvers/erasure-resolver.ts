import { Arg, Authorized, Ctx, Extensions, Int, Mutation, Query, Resolver } from 'type-graphql';
import type { Role } from '../identity/role.js';
import { whyNotErased } from '../lifecycle/erasure/refusal-words.js';
import { ErasePersonResult, ErasurePreview, MAX_TEXTS, PersonErased, PersonsToErase } from '../schema/erasure-type.js';
import type { Refused } from '../schema/error-type.js';
import { Weight } from '../schema/list-size.js';
import type { Context } from './context.js';
import { nodeOf } from './node-of.js';
import { checkFirst } from './paging.js';
import { refusedNode } from './refused-node.js';

/** Persons who are to be forgotten. */
@Resolver()
export class ErasureResolver {
  @Authorized<Role>('admin')
  @Weight(200)
  @Query(() => ErasurePreview, { description: 'What the service knows of a person, and what an erasure would take away.' })
  async erasurePreview(@Arg('userId', () => Int) userId: number, @Ctx() { erasure }: Context): Promise<ErasurePreview> {
    const { texts, ...known } = await erasure.preview(userId);
    const shown = texts.slice(0, MAX_TEXTS).map(({ text }) => text);
    return nodeOf(ErasurePreview, { ...known, textCount: texts.length, texts: shown });
  }

  @Authorized<Role>('admin')
  @Weight(50)
  @Query(() => PersonsToErase, { description: 'Persons that the service still knows although IBSafe deleted their account.' })
  async personsToErase(
    @Arg('first', () => Int, { defaultValue: 20, description: 'How many to list, 1 to 100.' }) first: number,
    @Ctx() { erasure }: Context,
  ): Promise<PersonsToErase> {
    checkFirst(first);
    const [total, userIds] = await Promise.all([erasure.countWithoutAccount(), erasure.withoutAccount(first)]);
    return nodeOf(PersonsToErase, { total, userIds });
  }

  @Authorized<Role>('admin')
  @Extensions({ personalArguments: ['name'] })
  @Mutation(() => ErasePersonResult, {
    description:
      'Forgets a person for good: afterwards nothing of the service leads from the person to what happened to them. Counts, other persons and IBSafe’s own rows stay.',
  })
  async erasePerson(
    @Arg('userId', () => Int) userId: number,
    @Arg('name', { description: 'As `erasurePreview` tells it, letter for letter.' }) name: string,
    @Ctx() { erasure, actor }: Context,
  ): Promise<PersonErased | Refused> {
    const done = await erasure.erase(userId, { name, actor });
    if ('refused' in done) return refusedNode(whyNotErased(done.refused, done.preview));
    return nodeOf(PersonErased, done.erased);
  }
}
