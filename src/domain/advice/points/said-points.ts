import { choosePoints } from './choose-points.js';
import { POINT_FIELDS, type ChosenPoint, type PointField } from './point.js';
import type { Scene } from './scene.js';
import type { Tongue } from './tell.js';
import { isTrue, truthOf } from './truth.js';

/** What is said in each field of a program, and how many points were chosen that are not true. */
export interface SaidPoints {
  readonly said: ReadonlyMap<PointField, readonly ChosenPoint[]>;
  readonly dropped: number;
}

/** The fields of the daily program. */
export const DAILY_FIELDS: readonly PointField[] = ['DIET_EVALUATION', 'SUMMARY', 'EXERCISE_EVALUATION'];

/**
 * Of the points that were chosen those that are true, each once, and what is always said with them. A field of which nothing is left says what the rules would say.
 */
export function saidPoints(
  chosen: readonly ChosenPoint[],
  scene: Scene,
  tongue: Tongue,
  fields: readonly PointField[] = DAILY_FIELDS,
): SaidPoints {
  const { vocabulary } = tongue;
  const said = new Map<PointField, ChosenPoint[]>();
  let dropped = 0;
  for (const point of chosen) {
    const field = vocabulary.points[point.point]?.field;
    const isSaid = field !== undefined && fields.includes(field) && isTrue(point, scene, vocabulary);
    if (!isSaid) dropped += 1;
    else if (!has(said.get(field), point)) said.set(field, [...(said.get(field) ?? []), point]);
  }
  for (const field of POINT_FIELDS.filter((each) => fields.includes(each))) {
    const own = said.get(field);
    said.set(field, own === undefined ? choosePoints(field, scene, tongue) : withAlwaysSaid(own, field, scene, tongue));
  }
  return { said, dropped };
}

function has(points: readonly ChosenPoint[] | undefined, { point, eaten, dish }: ChosenPoint): boolean {
  return points?.some((each) => each.point === point && each.eaten === eaten && each.dish === dish) === true;
}

function withAlwaysSaid(own: ChosenPoint[], field: PointField, scene: Scene, { vocabulary }: Tongue): ChosenPoint[] {
  const always = vocabulary.ofField(field).filter((place) => vocabulary.isAlwaysSaid(place) && own.every(({ point }) => point !== place));
  return [...own, ...always.flatMap((place) => truthOf(place, scene, vocabulary) ?? [])];
}
