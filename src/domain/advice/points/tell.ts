import type { AdviceLanguage } from '../language.js';
import { mix } from '../seeded-random.js';
import type { ChosenPoint } from './point.js';
import type { Scene } from './scene.js';
import { spokenPoints } from './spoken-points.js';
import { setArguments } from './truth.js';
import type { Vocabulary } from './vocabulary.js';

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
export function sentenceOf(chosen: ChosenPoint, scene: Scene, tongue: Tongue): string {
  const point = tongue.vocabulary.points[chosen.point];
  if (point === undefined || !setArguments(point, chosen, scene)) throw new RangeError('a point is said with the arguments that it takes');
  return sentenceAt(chosen.point, scene, tongue);
}

/** The sentence of a point whose arguments the scene holds. */
export function sentenceAt(place: number, scene: Scene, { vocabulary, language }: Tongue): string {
  return spokenPoints(vocabulary, language).sentenceOf(place, scene);
}

/** Which of a point's wordings has its turn, for a point with so many of them: the rule that `SpokenPoints` is compiled from. */
export function turnOf(point: number, { turn }: Pick<Scene, 'turn'>, wordings: number): number {
  return (turn + ((mix(point + 1) >>> 0) % wordings)) % wordings;
}

/** A text of true points, in the order of the families and within one in that of the vocabulary. */
export function tell(points: readonly ChosenPoint[], scene: Scene, tongue: Tongue): string {
  return textOf(points, points.map((point) => sentenceOf(point, scene, tongue)), tongue.vocabulary); // prettier-ignore
}

/** The same of points and their sentences, which are put in the order of the text: few, and nearly in it. */
export function textOf(points: readonly ChosenPoint[], sentences: string[], vocabulary: Vocabulary): string {
  const ranks: number[] = [];
  for (let at = 0; at < points.length; at += 1) {
    const [rank, sentence] = [vocabulary.rankInText((points[at] as ChosenPoint).point), sentences[at] as string];
    let place = at - 1;
    for (; place >= 0 && (ranks[place] as number) > rank; place -= 1) {
      ranks[place + 1] = ranks[place] as number;
      sentences[place + 1] = sentences[place] as string;
    }
    ranks[place + 1] = rank;
    sentences[place + 1] = sentence;
  }
  let text = sentences[0] ?? '';
  for (let at = 1; at < sentences.length; at += 1) text += ` ${sentences[at] as string}`;
  return text;
}
