import type { Catalogue } from '../catalogue/catalogue.js';
import { POINT_FAMILIES, POINT_FIELDS, type PointFamily, type PointField } from './point.js';
import { CAUSE_FACT } from './said-record.js';
import { type RecordedFact, type RecordedPoint, MAX_FACTS, MAX_LENGTH, MAX_POINTS, readSaid } from './said-text.js';
import { fileVersionOf, type Vocabulary } from './vocabulary.js';

/** Where a sentence's claim comes from, as `data/sources.csv` has it. */
export interface PointSource {
  readonly title: string;
  readonly publisher: string;
  /** Empty where the source has none. */
  readonly year: string;
  readonly address: string;
}

/** A sentence of an intervention, explained. */
export interface ExplainedPoint {
  readonly id: string;
  /** What the vocabulary of this process has of the point; null where it has no point of the id any more. */
  readonly known: {
    readonly field: PointField;
    readonly family: PointFamily;
    readonly source: PointSource & { readonly id: string; readonly section: string };
    readonly reviewedBy: string;
    readonly reviewedOn: string;
  } | null;
  /** Version of the vocabulary that the sentence was said with. */
  readonly vocabulary: string;
  /** Whether that is the vocabulary of this process. */
  readonly isCurrent: boolean;
  /** Which of the point's wordings it was, from 0; null where that was not recorded. */
  readonly wording: number | null;
  /** Id in IBSafe's table of the eaten food that it speaks of. */
  readonly eaten: number | null;
  /** Of the dish that it speaks of. Names are those of today's catalogue, null where it is not in it any more. */
  readonly dish: { readonly code: string; readonly nameKo: string | null; readonly nameEn: string | null } | null;
  /** What made it true, as it was then. */
  readonly facts: readonly (RecordedFact & { readonly meaning: string | null })[];
}

/** What explanations are made of. */
export interface Explainer {
  readonly vocabulary: Vocabulary;
  readonly catalogue: Catalogue;
  readonly sources: ReadonlyMap<string, PointSource>;
}

/** Explains each sentence of an advice by what its row recorded, and by the vocabulary as it is now: in the order in which the texts say them, those last that it knows no more. */
export function explain(advice: RecordedAdvice, explainer: Explainer): ExplainedPoint[] {
  const isCurrent = fileVersionOf(advice.vocabulary) === explainer.vocabulary.version;
  const { vocabulary } = explainer;
  return advice.points
    .map((recorded) => ({ recorded, order: orderOf(vocabulary, vocabulary.placeOf(recorded.id)) }))
    .toSorted((one, other) => (one.order === other.order ? 0 : one.order - other.order))
    .map(({ recorded }) => explained(recorded, { advice, isCurrent }, explainer));
}

/** Fields, families and points in the order in which they are told. */
function orderOf({ points }: Vocabulary, place: number): number {
  const point = points[place];
  if (point === undefined) return Number.POSITIVE_INFINITY;
  const text = POINT_FIELDS.indexOf(point.field) * POINT_FAMILIES.length + POINT_FAMILIES.indexOf(point.family);
  return text * points.length + place;
}

interface Said {
  readonly advice: RecordedAdvice;
  readonly isCurrent: boolean;
}

function explained(recorded: RecordedPoint, { advice, isCurrent }: Said, { vocabulary, catalogue, sources }: Explainer): ExplainedPoint {
  const { id, eaten, dish, wording } = recorded;
  const point = vocabulary.points[vocabulary.placeOf(id)];
  const [sourceId, source] = [point?.source ?? '', sources.get(point?.source ?? '')];
  const meanings = new Map(point && [CAUSE_FACT, ...point.facts].map(({ name, meaning }) => [name, meaning]));
  // Facts about the patient stand once for all points: those of this one are told by its names. A point that is not known any more keeps all of them: one of them made it true.
  const shared = point === undefined ? advice.facts : advice.facts.filter(({ name }) => meanings.has(name));
  return {
    id,
    known:
      point === undefined || source === undefined
        ? null
        : { ...pick(point), source: { id: sourceId, title: source.title, publisher: source.publisher, year: source.year, address: source.address, section: point.section } }, // prettier-ignore
    vocabulary: advice.vocabulary,
    isCurrent,
    wording,
    eaten,
    dish: dish === null ? null : named(dish, catalogue),
    facts: [...recorded.facts, ...shared].map((fact) => ({ ...fact, meaning: meanings.get(fact.name) ?? null })),
  };
}

type Known = NonNullable<ExplainedPoint['known']>;

function pick({ field, family, reviewedBy, reviewedOn }: Omit<Known, 'source'>): Omit<Known, 'source'> {
  return { field, family, reviewedBy, reviewedOn };
}

function named(code: string, catalogue: Catalogue): ExplainedPoint['dish'] {
  const dish = catalogue.dishes[catalogue.indexOfCode(code)];
  return { code, nameKo: dish?.nameKo ?? null, nameEn: dish?.nameEn ?? null };
}

/** What a row recorded of what it says. */
export interface RecordedAdvice {
  readonly vocabulary: string;
  readonly points: readonly RecordedPoint[];
  /** Those about the patient. */
  readonly facts: readonly RecordedFact[];
}

/**
 * Reads `outputs` of a row: what was said as one text (`readSaid`), or as the lists and objects in which the first rows of points kept it. Null for a row of an earlier release, which wrote prose, and for one that
 * the app or the batch before this one wrote: whatever is no record of points is none, and nothing throws.
 */
export function recordedAdvice(outputs: unknown): RecordedAdvice | null {
  if (!isObject(outputs)) return null;
  const { vocabulary, said, points, facts } = outputs;
  if (!isShort(vocabulary)) return null;
  if (typeof said === 'string') return { vocabulary, ...readSaid(said) };
  if (!Array.isArray(points)) return null;
  return { vocabulary, points: points.slice(0, MAX_POINTS).flatMap(pointOf), facts: factsOf(facts, Number.POSITIVE_INFINITY) };
}

function pointOf(item: unknown): RecordedPoint[] {
  if (!Array.isArray(item)) return [];
  const [id, eaten, dish, wording, facts] = item as readonly unknown[];
  if (!isShort(id)) return [];
  return [{ id, eaten: wholeOrNull(eaten), dish: isShort(dish) ? dish : null, wording: wholeOrNull(wording), facts: factsOf(facts, MAX_FACTS) }]; // prettier-ignore
}

function factsOf(facts: unknown, most: number): RecordedFact[] {
  if (!isObject(facts)) return [];
  const told: RecordedFact[] = [];
  for (const [name, value] of Object.entries(facts)) {
    if (told.length === most) break;
    if (isShort(name) && (typeof value === 'number' || isShort(value))) told.push({ name, value: String(value) });
  }
  return told;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_LENGTH;
}

function wholeOrNull(value: unknown): number | null {
  return Number.isSafeInteger(value) ? (value as number) : null;
}
