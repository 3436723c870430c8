import { choosePoints, type SaidField } from './choose-points.js';
import type { ChosenPoint, PointField } from './point.js';
import type { Scene } from './scene.js';
import { MAX_FIELD_LENGTH, sentenceOf, textOf, type Tongue } from './tell.js';
import { isTrue, truthOf } from './truth.js';

/** What is said in each field of a program, and how many points were chosen that are not true. */
export interface SaidPoints {
  readonly said: ReadonlyMap<PointField, SaidField>;
  readonly dropped: number;
}

/** The fields of the daily program. */
export const DAILY_FIELDS: readonly PointField[] = ['DIET_EVALUATION', 'SUMMARY', 'EXERCISE_EVALUATION'];

/**
 * Of the points that were chosen those that are true, each once, and what is always said with them. A field of which nothing is left, or of which nothing was chosen, says what the rules
 * would say.
 */
export function saidPoints(
  chosen: readonly ChosenPoint[],
  scene: Scene,
  tongue: Tongue,
  fields: readonly PointField[] = DAILY_FIELDS,
): SaidPoints {
  const { vocabulary } = tongue;
  const own = new Map<PointField, ChosenPoint[]>();
  let dropped = 0;
  for (const point of chosen) {
    const field = vocabulary.points[point.point]?.field;
    if (field === undefined || !fields.includes(field) || !isTrue(point, scene, vocabulary)) {
      dropped += 1;
      continue;
    }
    const before = own.get(field);
    if (before === undefined) own.set(field, [point]);
    else if (!has(before, point)) before.push(point);
  }
  const said = new Map<PointField, SaidField>();
  for (const field of fields) {
    const points = own.get(field);
    said.set(field, points === undefined ? choosePoints(field, scene, tongue) : fitting(points, field, scene, tongue));
  }
  return { said, dropped };
}

function has(points: readonly ChosenPoint[], { point, eaten, dish }: ChosenPoint): boolean {
  return points.some((each) => each.point === point && each.eaten === eaten && each.dish === dish);
}

/** What is always said, and of the chosen points the first ones: as many as a phone shows with it. */
function fitting(chosen: readonly ChosenPoint[], field: PointField, scene: Scene, tongue: Tongue): SaidField {
  const { vocabulary } = tongue;
  const points: ChosenPoint[] = [];
  const sentences: string[] = [];
  let length = 0;
  const add = (point: ChosenPoint, isSure: boolean): void => {
    const sentence = sentenceOf(point, scene, tongue);
    if (!isSure && length + sentence.length + 1 > MAX_FIELD_LENGTH) return;
    length += sentence.length + 1;
    points.push(point);
    sentences.push(sentence);
  };
  for (const place of vocabulary.alwaysOf(field)) {
    const point = chosen.find((each) => each.point === place) ?? truthOf(place, scene, vocabulary);
    if (point !== null) add(point, true);
  }
  for (const point of chosen) if (!vocabulary.isAlwaysSaid(point.point)) add(point, false);
  return { points, text: textOf(points, sentences, vocabulary) };
}
