import { POINT_FAMILIES, type ChosenPoint, type PointField } from './point.js';
import type { Scene } from './scene.js';
import { lengthOf, MAX_FIELD_LENGTH, type Tongue } from './tell.js';
import { truthOf, type SpokenOf } from './truth.js';

/** Points of one family that a text says at most, apart from those that are always said: of walking the mean, the level and how even it was. */
const MAX_OF_FAMILY = 3;

/**
 * What the rules say in a field: what is always said, then the most important points that are true, until a phone's text is full. Of points of equal priority another one comes first
 * each day. A food and a dish are spoken of once.
 */
export function choosePoints(field: PointField, scene: Scene, tongue: Tongue): ChosenPoint[] {
  const { vocabulary } = tongue;
  const chosen: ChosenPoint[] = [];
  const spokenOf: SpokenOf = { eaten: [], dishes: [] };
  const families = new Uint8Array(POINT_FAMILIES.length);
  let length = 0;
  for (const rank of vocabulary.ranksOf(field)) {
    for (let at = 0; at < rank.length; at += 1) {
      const place = rank[(at + scene.turn) % rank.length] ?? 0;
      const family = vocabulary.familyOf(place);
      const isAlways = vocabulary.isAlwaysSaid(place);
      if (!isAlways && ((families[family] ?? 0) >= MAX_OF_FAMILY || length >= FULL)) continue;
      const point = truthOf(place, scene, vocabulary, isAlways ? undefined : spokenOf); // what must be said is said, of whatever food
      if (point === null) continue;
      const added = lengthOf(point, scene, tongue) + 1;
      if (!isAlways && length + added > MAX_FIELD_LENGTH) continue;
      length += added;
      chosen.push(point);
      if (!isAlways) families[family] = (families[family] ?? 0) + 1;
      if (point.eaten >= 0) spokenOf.eaten.push(point.eaten);
      if (point.dish >= 0) spokenOf.dishes.push(point.dish);
    }
  }
  return chosen;
}

/** From this length on no sentence of ours fits any more: the shortest has a dozen characters. */
const FULL = MAX_FIELD_LENGTH - 12;
