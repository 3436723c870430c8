import type { AdviceLanguage } from '../language.js';
import type { ChosenPoint, PointFamily, PointField } from './point.js';
import type { Scene } from './scene.js';
import { sentenceOf, MAX_FIELD_LENGTH } from './tell.js';
import { truthOf, type SpokenOf } from './truth.js';
import type { Vocabulary } from './vocabulary.js';

/** Points of one family that a text says at most, apart from those that are always said: of walking the mean, the level and how even it was. */
const MAX_OF_FAMILY = 3;

/**
 * What the rules say in a field: what is always said, then the most important points that are true, until a phone's text is full. Of points of equal priority another one comes first
 * each day. A food and a dish are spoken of once.
 */
export function choosePoints(
  field: PointField,
  scene: Scene,
  { vocabulary, language }: { vocabulary: Vocabulary; language: AdviceLanguage },
): ChosenPoint[] {
  const chosen: ChosenPoint[] = [];
  const spokenOf: SpokenOf = { eaten: new Set<number>(), dishes: new Set<number>() };
  const families = new Map<PointFamily, number>();
  let length = 0;
  for (const place of turned(vocabulary.ofField(field), scene.turn, vocabulary)) {
    const { family } = vocabulary.points[place] ?? {};
    const isAlways = vocabulary.isAlwaysSaid(place);
    if (family === undefined || (!isAlways && (families.get(family) ?? 0) >= MAX_OF_FAMILY)) continue;
    const point = truthOf(place, scene, vocabulary, isAlways ? undefined : spokenOf); // what must be said is said, of whatever food
    if (point === null) continue;
    const added = sentenceOf(point, scene, { vocabulary, language }).length + 1;
    if (!isAlways && length + added > MAX_FIELD_LENGTH) continue;
    length += added;
    chosen.push(point);
    if (!isAlways) families.set(family, (families.get(family) ?? 0) + 1);
    if (point.eaten >= 0) spokenOf.eaten.add(point.eaten);
    if (point.dish >= 0) spokenOf.dishes.add(point.dish);
  }
  return chosen;
}

/** Places in the order of their priority; within one priority, begun at another place each day. */
function* turned(places: readonly number[], turn: number, vocabulary: Vocabulary): Generator<number> {
  for (let from = 0; from < places.length;) {
    const priority = vocabulary.points[places[from] ?? 0]?.priority;
    let through = from + 1;
    while (through < places.length && vocabulary.points[places[through] ?? 0]?.priority === priority) through += 1;
    const count = through - from;
    for (let at = 0; at < count; at += 1) yield places[from + ((at + turn) % count)] ?? 0;
    from = through;
  }
}
