import { mix } from '../seeded-random.js';
import type { AdviceLanguage } from '../language.js';
import type { ChosenPoint } from './point.js';
import type { Scene } from './scene.js';
import { setArguments } from './truth.js';
import type { Vocabulary } from './vocabulary.js';
import { lengthAtMost, say } from './wording.js';

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

/** Characters of a point's sentence, at most: names and figures are taken for as long as they can be, so that nothing is said twice to be measured. */
export function lengthOf(chosen: ChosenPoint, scene: Scene, { vocabulary, language }: Tongue): number {
  const point = vocabulary.points[chosen.point];
  if (point === undefined || !setArguments(point, chosen, scene)) return 0;
  const wordings = point.wordings[language];
  return lengthAtMost(wordings[turnOf(chosen.point, scene, wordings.length)] ?? [], scene, language);
}

/** A text of true points, in the order of the families and within one in that of the vocabulary. */
export function tell(points: readonly ChosenPoint[], scene: Scene, tongue: Tongue): string {
  const { vocabulary } = tongue;
  const ordered = points.toSorted((a, b) => vocabulary.familyOf(a.point) - vocabulary.familyOf(b.point) || a.point - b.point);
  let text = '';
  for (const point of ordered) text += text === '' ? sentenceOf(point, scene, tongue) : ` ${sentenceOf(point, scene, tongue)}`;
  return text;
}
