import { mix } from '../seeded-random.js';
import type { AdviceLanguage } from '../language.js';
import { POINT_FAMILIES, type ChosenPoint } from './point.js';
import type { Scene } from './scene.js';
import { setArguments } from './truth.js';
import type { Vocabulary } from './vocabulary.js';
import { say } from './wording.js';

/** Characters of a text that a phone shows without scrolling; what is always said may go beyond. */
export const MAX_FIELD_LENGTH = 300;

/** What points are said with. */
export interface Tongue {
  readonly vocabulary: Vocabulary;
  readonly language: AdviceLanguage;
}

/**
 * A point as a sentence. Its wordings take turns from day to day, begun at another one for each point, so that no sentence stands there on two days running.
 * @throws RangeError for a point whose arguments are not there: only what is true may be said.
 */
export function sentenceOf(chosen: ChosenPoint, scene: Scene, { vocabulary, language }: Tongue): string {
  const point = vocabulary.points[chosen.point];
  if (point === undefined || !setArguments(point, chosen, scene)) throw new RangeError('a point is said with the arguments that it takes');
  const wordings = point.wordings[language];
  return say(wordings[turnOf(chosen.point, scene, wordings.length)] ?? [], scene, language);
}

/** Which of a point's wordings has its turn. */
export function turnOf(point: number, scene: Scene, wordings: number): number {
  return (scene.turn + ((mix(point + 1) >>> 0) % wordings)) % wordings;
}

/** A text of true points, in the order of the families and within one in that of the vocabulary. */
export function tell(points: readonly ChosenPoint[], scene: Scene, tongue: Tongue): string {
  const family = ({ point }: ChosenPoint): number => POINT_FAMILIES.indexOf(tongue.vocabulary.points[point]?.family ?? 'NEXT_STEPS');
  return points
    .toSorted((a, b) => family(a) - family(b) || a.point - b.point)
    .map((point) => sentenceOf(point, scene, tongue))
    .join(' ');
}
