import type { Point, PointField } from './point.js';
import type { Scene } from './scene.js';
import { truthOf } from './truth.js';
import { Vocabulary } from './vocabulary.js';

/** A cache: what a vocabulary may not say is compiled when first asked for. */
const compiled = new WeakMap<readonly Point[], Vocabulary>();

/** The first warning in these fields that is true of a scene and may not be said (`Vocabulary.silenced`); undefined where all can be said. */
export function silencedPoint({ silenced }: Vocabulary, scene: Scene, fields: readonly PointField[]): Point | undefined {
  if (silenced.length === 0) return undefined;
  let all = compiled.get(silenced);
  if (all === undefined) compiled.set(silenced, (all = new Vocabulary(silenced, 'silenced')));
  const { points } = all;
  return points.find(({ field }, place) => fields.includes(field) && truthOf(place, scene, all) !== null);
}
