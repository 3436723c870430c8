<<<<<<< HEAD
import { isSigned } from '../signed.js';
import { ALWAYS_SAID, POINT_FIELDS, type Point, type PointField } from './point.js';
=======
import { ALWAYS_SAID, POINT_FAMILIES, POINT_FIELDS, type Point, type PointField } from './point.js';
>>>>>>> a1b86c2 (Work facts out once of what they are about)

/** Ends the version of a vocabulary of which unsigned points were taken away. */
export const REVIEWED = '+reviewed';

/** Everything that can be said to a patient, under one version. */
export class Vocabulary {
  readonly #families: Uint8Array;
  readonly #placeById = new Map<string, number>();
  readonly #ofField: ReadonlyMap<PointField, readonly number[]>;
  readonly #ranksOf: ReadonlyMap<PointField, readonly (readonly number[])[]>;
  readonly #alwaysOf: ReadonlyMap<PointField, readonly number[]>;

  /** @throws RangeError for an id that stands there twice */
  constructor(
    readonly points: readonly Point[],
    /** Names what the vocabulary was: recorded with each advice. */
    readonly version: string,
  ) {
    this.#families = Uint8Array.from(points, ({ family }) => POINT_FAMILIES.indexOf(family));
    points.forEach(({ id }, place) => {
      if (this.#placeById.has(id)) throw new RangeError(`a point's id is its own, found ${id} twice in the vocabulary`);
      this.#placeById.set(id, place);
    });
    const places = points.map((_, place) => place).toSorted((a, b) => (points[b]?.priority ?? 0) - (points[a]?.priority ?? 0));
    this.#ofField = new Map(POINT_FIELDS.map((field) => [field, places.filter((place) => points[place]?.field === field)]));
    this.#alwaysOf = new Map(POINT_FIELDS.map((field) => [field, this.ofField(field).filter((place) => this.isAlwaysSaid(place))]));
    this.#ranksOf = new Map(
      POINT_FIELDS.map((field) => [field, [...Map.groupBy(this.ofField(field), (place) => points[place]?.priority).values()]]),
    );
  }

  /** The place of a point; -1 for an id that is none. */
  placeOf(id: string): number {
    return this.#placeById.get(id) ?? -1;
  }

  /** Places of a field's points, the more important first. */
  ofField(field: PointField): readonly number[] {
    return this.#ofField.get(field) ?? [];
  }

  /** A field's points by rank, the highest first: of one rank all have the same priority. */
  ranksOf(field: PointField): readonly (readonly number[])[] {
    return this.#ranksOf.get(field) ?? [];
  }

  /** Places of a field's points that are said whenever they are true, the more important first. */
  alwaysOf(field: PointField): readonly number[] {
    return this.#alwaysOf.get(field) ?? [];
  }

  /** The same vocabulary with what is signed alone; what is always said stays away as well where nobody signed it. */
  onlyReviewed(): Vocabulary {
    return new Vocabulary(this.points.filter(isSigned), `${this.version}${REVIEWED}`);
  }

  /** A point's family, by its place in `POINT_FAMILIES`. */
  familyOf(place: number): number {
    return this.#families[place] ?? 0;
  }

  isAlwaysSaid(place: number): boolean {
    return (this.points[place]?.priority ?? 0) >= ALWAYS_SAID;
  }
}
