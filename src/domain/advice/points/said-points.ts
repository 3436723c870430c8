import { choosePoints, type SaidField } from './choose-points.js';
import type { ChosenPoint, PointField } from './point.js';
import type { Scene } from './scene.js';
import { tell, type Tongue } from './tell.js';
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
    if (points !== undefined) addAlwaysSaid(points, field, scene, tongue);
    said.set(field, points === undefined ? choosePoints(field, scene, tongue) : { points, text: tell(points, scene, tongue) });
  }
  return { said, dropped };
}

function has(points: readonly ChosenPoint[], { point, eaten, dish }: ChosenPoint): boolean {
  return points.some((each) => each.point === point && each.eaten === eaten && each.dish === dish);
}

function addAlwaysSaid(own: ChosenPoint[], field: PointField, scene: Scene, { vocabulary }: Tongue): void {
  for (const place of vocabulary.alwaysOf(field)) {
    if (own.some(({ point }) => point === place)) continue;
    const point = truthOf(place, scene, vocabulary);
    if (point !== null) own.push(point);
  }
}
