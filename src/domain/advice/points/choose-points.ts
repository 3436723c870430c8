import type { ChosenPoint, PointField } from './point.js';
import type { Scene } from './scene.js';
import { spokenPoints } from './spoken-points.js';
import { MAX_FIELD_LENGTH, textOf, type Tongue } from './tell.js';
import { truthOf, type SpokenOf } from './truth.js';

/** Points of one family that a text says at most, apart from those that are always said: of walking the mean, the level and how even it was. */
const MAX_OF_FAMILY = 3;
/** Bits that hold so many, for each of the nine families in a number of 32. */
const FAMILY_BITS = 2;
/** From this length on no sentence of ours fits any more: the shortest has a dozen characters. */
const FULL = MAX_FIELD_LENGTH - 12;

/** True points of one field and their text. */
export interface SaidField {
  readonly points: readonly ChosenPoint[];
  readonly text: string;
}

/**
 * What the rules say in a field: what is always said, then the most important points that are true, until a phone's text is full. Of points of equal priority another one comes first
 * each day. A food and a dish are spoken of once.
 */
export function choosePoints(field: PointField, scene: Scene, tongue: Tongue): SaidField {
  const { vocabulary } = tongue;
  const spoken = spokenPoints(vocabulary, tongue.language);
  const points: ChosenPoint[] = [];
  const sentences: string[] = [];
  const spokenOf: SpokenOf = { eaten: [], dishes: [] };
  let said = 0; // of each family, `FAMILY_BITS` bits
  let length = 0;
  const ranks = vocabulary.ranksOf(field);
  for (let each = 0; each < ranks.length; each += 1) {
    const rank = ranks[each] as (typeof ranks)[number];
    let turn = scene.turn % rank.length;
    for (let at = 0; at < rank.length; at += 1) {
      const { place, family, isAlways } = rank[turn] as (typeof rank)[number];
      turn = turn + 1 === rank.length ? 0 : turn + 1;
      if (!isAlways && (length >= FULL || ((said >>> (family * FAMILY_BITS)) & MAX_OF_FAMILY) === MAX_OF_FAMILY)) continue;
      const point = truthOf(place, scene, vocabulary, isAlways ? undefined : spokenOf); // what must be said is said, of whatever food
      if (point === null) continue;
      const sentence = spoken.sentenceOf(place, scene);
      if (!isAlways && length + sentence.length + 1 > MAX_FIELD_LENGTH) continue;
      length += sentence.length + 1;
      points.push(point);
      sentences.push(sentence);
      if (!isAlways) said += 1 << (family * FAMILY_BITS);
      if (point.eaten >= 0) spokenOf.eaten.push(point.eaten);
      if (point.dish >= 0) spokenOf.dishes.push(point.dish);
    }
  }
  return { points, text: textOf(points, sentences, vocabulary) };
}
