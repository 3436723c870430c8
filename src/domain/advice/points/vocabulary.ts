import { isSigned } from '../signed.js';
import { ALWAYS_SAID, POINT_FIELDS, type Point, type PointField } from './point.js';

/** Ends the version of a vocabulary of which unsigned points were taken away. */
export const REVIEWED = '+reviewed';

/** Everything that can be said to a patient, under one version. */
export class Vocabulary {
  readonly #placeById = new Map<string, number>();
  readonly #ofField: ReadonlyMap<PointField, readonly number[]>;

  /** @throws RangeError for an id that stands there twice */
  constructor(
    readonly points: readonly Point[],
    /** Names what the vocabulary was: recorded with each advice. */
    readonly version: string,
  ) {
    points.forEach(({ id }, place) => {
      if (this.#placeById.has(id)) throw new RangeError(`a point's id is its own, found ${id} twice in the vocabulary`);
      this.#placeById.set(id, place);
    });
    const places = points.map((_, place) => place).toSorted((a, b) => (points[b]?.priority ?? 0) - (points[a]?.priority ?? 0));
    this.#ofField = new Map(POINT_FIELDS.map((field) => [field, places.filter((place) => points[place]?.field === field)]));
  }

  /** The place of a point; -1 for an id that is none. */
  placeOf(id: string): number {
    return this.#placeById.get(id) ?? -1;
  }

  /** Places of a field's points, the more important first. */
  ofField(field: PointField): readonly number[] {
    return this.#ofField.get(field) ?? [];
  }

  /** The same vocabulary with what is signed alone; what is always said stays away as well where nobody signed it. */
  onlyReviewed(): Vocabulary {
    return new Vocabulary(this.points.filter(isSigned), `${this.version}${REVIEWED}`);
  }

  isAlwaysSaid(place: number): boolean {
    return (this.points[place]?.priority ?? 0) >= ALWAYS_SAID;
  }
}
