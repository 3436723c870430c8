import { Arg, Authorized, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { differenceOf } from '../domain/programs/intervention-difference.js';
import type { Role } from '../identity/role.js';
import { explain, type ExplainedPoint } from '../domain/advice/points/explain.js';
import { comparable } from '../records/postgres-records.js';
import { InterventionDiff } from '../schema/intervention-diff-type.js';
import { Intervention } from '../schema/intervention-type.js';
import { AdvicePoint, MAX_WHY, AdviceFact, AdviceSource } from '../schema/advice-point-type.js';
import { Most } from '../schema/list-size.js';
import { ShowsPersons } from '../schema/of-person.js';
import { nodeOf } from './node-of.js';
import { notFound } from './bad-input.js';
import type { Context } from './context.js';
import type { AdviceLanguage } from '../domain/advice/language.js';
import { MAX_FACTS } from '../domain/advice/points/said-text.js';

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
  async why(@Root() { id }: Intervention, @Ctx() { loaders, advice: words }: Context): Promise<AdvicePoint[] | null> {
    const recorded = (await loaders.recordedAdvice.load(id))?.advice ?? null;
    return recorded && explain(recorded, words.explainer).map((point) => advicePoint(point, words.language));
  }
}

/** The id of a row of IBSafe's (a bigint there) as clients write it; undefined for a text that is none. */
function rowId(text: string): number | undefined {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : undefined;
  return id !== undefined && Number.isSafeInteger(id) ? id : undefined;
}

/** An explained sentence as a GraphQL node. */
function advicePoint(point: ExplainedPoint, language: AdviceLanguage): AdvicePoint {
  const { id, known, eaten, dish, vocabulary, isCurrent, wording, facts } = point;
  return nodeOf(AdvicePoint, {
    point: id,
    field: known?.field ?? null,
    family: known?.family ?? null,
    eatenFoodId: eaten,
    dishCode: dish?.code ?? null,
    dishName: (language === 'ko' ? dish?.nameKo : dish?.nameEn) ?? null,
    vocabulary,
    isCurrent,
    wording,
    facts: facts.slice(0, MAX_FACTS).map((fact) => nodeOf(AdviceFact, fact)),
    source: known === null ? null : sourceNode(known.source),
    reviewedBy: orNull(known?.reviewedBy),
    reviewedOn: orNull(known?.reviewedOn),
  });
}

function sourceNode({ year, section, ...rest }: NonNullable<ExplainedPoint['known']>['source']): AdviceSource {
  return nodeOf(AdviceSource, { ...rest, year: orNull(year), section: orNull(section) });
}

function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
