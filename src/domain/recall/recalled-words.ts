import { Catalogue } from '../advice/catalogue/catalogue.js';
import type { AdviceLanguage } from '../advice/language.js';
import type { Point } from '../advice/points/point.js';
import type { Vocabulary } from '../advice/points/vocabulary.js';
import type { StandingSignature } from '../signing/signature.js';
import type { RecallCause } from './recall-cause.js';

/** What is recalled now, and the number of that state: every recall and every lifting raises it, and where advice is made of signed words alone every signature and withdrawal does. */
export interface RecallState {
  readonly number: number;
  readonly causes: readonly RecallCause[];
  /** Signatures that stand in the log; absent where advice is made of all words. */
  readonly signatures?: readonly StandingSignature[];
}

/** Before the first recall. */
export const NOTHING_RECALLED: RecallState = { number: 0, causes: [] };

/** What advice is made of. */
export interface MadeOf {
  readonly catalogue: Catalogue;
  readonly vocabulary: Vocabulary;
}

/**
 * The same words without what is recalled. A dish stays where it is, since it may have been eaten, and is offered in no way. A point is gone; a wording has no turn any more, and the others keep their
 * numbers, by which rows name them. The vocabulary's version names the state. Where it is known in which language advice is written, what is recalled of the other takes no point away.
 */
export function withoutRecalled({ catalogue, vocabulary }: MadeOf, { number, causes }: RecallState, language?: AdviceLanguage): MadeOf {
  if (number === 0) return { catalogue, vocabulary };
  const points = vocabulary.points.flatMap((point) => pointWithout(point, causes, language));
  return {
    catalogue: catalogueWithout(catalogue, causes),
    vocabulary: vocabulary.keeping(points, `${vocabulary.version}+recalls-${number}`),
  };
}

function catalogueWithout(catalogue: Catalogue, causes: readonly RecallCause[]): Catalogue {
  const recalled = new Set(causes.flatMap((cause) => (cause.kind === 'DISH' ? [cause.dish] : [])));
  if (recalled.size === 0) return catalogue;
  const written = catalogue.dishes.map((dish) => (recalled.has(dish.code) ? { ...dish, variants: [] } : dish));
  return new Catalogue(written, catalogue.ingredients);
}

function pointWithout(point: Point, causes: readonly RecallCause[], language?: AdviceLanguage): Point[] {
  const own = causes.filter((cause) => (cause.kind === 'POINT' || cause.kind === 'WORDING') && cause.point === point.id);
  if (own.length === 0) return [point];
  // Of a point whose wordings are not all signed, some are silent already.
  const silent = {
    ko: new Set([...silentIn('ko', own), ...(point.silent?.ko ?? [])]),
    en: new Set([...silentIn('en', own), ...(point.silent?.en ?? [])]),
  };
  const mute = (['ko', 'en'] as const).filter((of) => point.wordings[of].every((_, at) => silent[of].has(at)));
  if (own.some(({ kind }) => kind === 'POINT') || mute.some((of) => of === (language ?? of))) return [];
  for (const other of mute) silent[other].clear(); // no advice is written in it
  return [{ ...point, silent }];
}

function silentIn(language: AdviceLanguage, causes: readonly RecallCause[]): ReadonlySet<number> {
  return new Set(causes.flatMap((cause) => (cause.kind === 'WORDING' && cause.language === language ? [cause.wording] : [])));
}

/** Whether a prompt's version is recalled. */
export function isPromptRecalled(promptVersion: string, { causes }: RecallState): boolean {
  return causes.some((cause) => cause.kind === 'PROMPT' && cause.promptVersion === promptVersion);
}
