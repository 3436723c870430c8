import type { AdviceLanguage } from '../domain/advice/language.js';
import type { ExplainedPoint } from '../domain/advice/points/explain.js';
import { MAX_FACTS } from '../domain/advice/points/said-text.js';
import { AdviceFact, AdvicePoint, AdviceSource } from '../schema/advice-point-type.js';
import { nodeOf } from './node-of.js';

/** An explained sentence as a GraphQL node. */
export function advicePoint(point: ExplainedPoint, language: AdviceLanguage): AdvicePoint {
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
