import type { AdviceLanguage } from '../domain/advice/language.js';
import type { ExplainedPoint } from '../domain/advice/points/explain.js';
import { citationIn } from '../domain/advice/points/citation.js';
import { FACTS_KO } from '../domain/advice/points/facts-ko.js';
import { CAUSE_FACT } from '../domain/advice/points/said-record.js';
import { MAX_FACTS } from '../domain/advice/points/said-text.js';
import { AdviceFact, AdvicePoint, AdviceSource } from '../schema/advice-point-type.js';
import type { Context } from './context.js';
import { nodeOf } from './node-of.js';
import { sentenceSignature, type SentenceSignature } from './sentence-signature.js';

const MEANINGS_KO: Readonly<Record<string, string>> = {
  ...FACTS_KO,
  [CAUSE_FACT.name]: '그 분류의 원인이 되는 재료. data/ingredients.csv의 id',
};

/** Explained sentences as GraphQL nodes, each with its signature. */
export async function advicePoints(
  points: readonly ExplainedPoint[],
  context: Pick<Context, 'loaders' | 'deps' | 'advice'>,
): Promise<AdvicePoint[]> {
  // prettier-ignore
  return Promise.all(points.map(async (point) => advicePoint(point, context.advice.language, await sentenceSignature(point, context))));
}

function advicePoint(point: ExplainedPoint, language: AdviceLanguage, signature: SentenceSignature | null): AdvicePoint {
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
    facts: facts
      .slice(0, MAX_FACTS)
      .map((fact) => nodeOf(AdviceFact, { ...fact, meaningKo: fact.meaning && (MEANINGS_KO[fact.name] ?? fact.meaning) })),
    source: known === null ? null : sourceNode(known.source),
    reviewedBy: signature?.reviewedBy ?? null,
    reviewedOn: signature?.reviewedOn ?? null,
  });
}

function sourceNode({ id, ...source }: NonNullable<ExplainedPoint['known']>['source']): AdviceSource {
  const { year, section } = source;
  return nodeOf(AdviceSource, { ...source, year: orNull(year), section: orNull(section), citationKo: citationIn('ko', id, source) });
}

function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
