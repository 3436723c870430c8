import { PointTests } from './point-tests.js';
import { ALWAYS_SAID, POINT_FAMILIES, POINT_FIELDS, type Point, type PointField } from './point.js';

/** Bits of a number: each field's positions begin a new one. */
const BITS = 32;

/**
 * The points of a field in the order in which the rules try them: the higher priority first, and among equal ones (a rank) in the order of the vocabulary, from which another one is first each day. A point is
 * known by its position here, and what its turn depends on lies in short lists.
 */
export interface FieldOrder {
  /** The first position, and the one behind the last. */
  readonly from: number;
  readonly end: number;
  /** By position from `from` on: the place in the vocabulary, the first position of its rank and how many it has, the place in `POINT_FAMILIES`, and 1 for a point that is always said. */
  readonly place: Uint16Array;
  readonly rankFrom: Uint16Array;
  readonly rankSize: Uint16Array;
  readonly family: Uint8Array;
  readonly isAlways: Uint8Array;
}

/** The order of each field. */
function fieldOrders(points: readonly Point[]): ReadonlyMap<PointField, FieldOrder> {
  let next = 0;
  return new Map(
    POINT_FIELDS.map((field) => {
      const order = orderOf(points, field, next);
      next = Math.ceil(order.end / BITS) * BITS;
      return [field, order];
    }),
  );
}

/** Positions by place in the vocabulary. */
function positionsOf(orders: Iterable<FieldOrder>): number[] {
  const positions: number[] = [];
  for (const { place, from } of orders) for (const [at, point] of place.entries()) positions[point] = from + at;
  return positions;
}

function orderOf(points: readonly Point[], field: PointField, from: number): FieldOrder {
  const priority = (place: number): number => points[place]?.priority ?? 0;
  const own = points.flatMap((point, place) => (point.field === field ? [place] : []));
  const place = own.toSorted((a, b) => priority(b) - priority(a));
  const first = place.map((point) => place.findIndex((other) => priority(other) === priority(point)));
  return {
    from,
    end: from + place.length,
    place: Uint16Array.from(place),
    rankFrom: Uint16Array.from(first, (at) => from + at),
    rankSize: Uint16Array.from(first, (at) => first.filter((other) => other === at).length),
    family: Uint8Array.from(place, (point) => POINT_FAMILIES.indexOf(points[point]?.family ?? 'EATEN')),
    isAlways: Uint8Array.from(place, (point) => (priority(point) >= ALWAYS_SAID ? 1 : 0)),
  };
}

/** The first position from `at` on whose bit is set; `end` where there is none before it. */
export function nextBit(bits: Int32Array, at: number, end: number): number {
  if (at >= end) return end;
  let word = at >>> 5;
  let rest = (bits[word] as number) & (-1 << (at & (BITS - 1)));
  while (rest === 0) {
    word += 1;
    if (word * BITS >= end) return end;
    rest = bits[word] as number;
  }
  return Math.min(end, word * BITS + BITS - 1 - Math.clz32(rest & -rest));
}

/** The version of the files of which a vocabulary was made, whatever was taken away of them: `points-…+reviewed+recalls-3` is of `points-…`. */
export function fileVersionOf(version: string): string {
  return version.split('+', 1)[0] ?? version;
}

/** What a point is about besides the patient, and whether a dish of it must be one of a composed meal. */
export interface Takes {
  readonly eaten: boolean;
  readonly dish: boolean;
  readonly isOfComposed: boolean;
}

/** Everything that can be said to a patient, under one version. */
export class Vocabulary {
  /** The points' conditions, laid out to be asked of every patient. */
  readonly tests: PointTests;
  readonly #takes: readonly Takes[];
  readonly #rankInText: Float64Array;
  readonly #placeById = new Map<string, number>();
  readonly #ofField: ReadonlyMap<PointField, readonly number[]>;
  readonly #orderOf: ReadonlyMap<PointField, FieldOrder>;
  readonly #alwaysOf: ReadonlyMap<PointField, readonly number[]>;

  /** @throws RangeError for an id that stands there twice */
  constructor(
    readonly points: readonly Point[],
    /** Names what the vocabulary was: recorded with each advice. */
    readonly version: string,
    /** Warnings that may not be said: they are not signed, or recalled. Where one is true of a patient there is no advice: silence would read as if all were well. */
    readonly silenced: readonly Point[] = [],
  ) {
    this.#orderOf = fieldOrders(points);
    this.tests = new PointTests(points, positionsOf(this.#orderOf.values()));
    this.#takes = points.map(({ args, when: { isOfComposed } }) => {
      return { eaten: args.includes('eaten'), dish: args.includes('dish'), isOfComposed };
    });
    this.#rankInText = Float64Array.from(points, ({ family }, place) => POINT_FAMILIES.indexOf(family) * points.length + place);
    points.forEach(({ id }, place) => {
      if (this.#placeById.has(id)) throw new RangeError(`a point's id is its own, found ${id} twice in the vocabulary`);
      this.#placeById.set(id, place);
    });
    const places = points.map((_, place) => place).toSorted((a, b) => (points[b]?.priority ?? 0) - (points[a]?.priority ?? 0));
    this.#ofField = new Map(POINT_FIELDS.map((field) => [field, places.filter((place) => points[place]?.field === field)]));
    this.#alwaysOf = new Map(POINT_FIELDS.map((field) => [field, this.ofField(field).filter((place) => this.isAlwaysSaid(place))]));
  }

  /** The same vocabulary with these of its points alone, some wordings of which may have no turn any more. A warning that is not among them is silenced; of what does not warn, such as a sentence on steps, others take the place. */
  keeping(points: readonly Point[], version: string): Vocabulary {
    const kept = new Set(points.map(({ id }) => id));
    return new Vocabulary(points, version, [...this.silenced, ...this.points.filter(({ id, warns }) => warns === true && !kept.has(id))]); // prettier-ignore
  }

  /** The place of a point; -1 for an id that is none. */
  placeOf(id: string): number {
    return this.#placeById.get(id) ?? -1;
  }

  /** What a point takes; undefined for a place without one. */
  takesOf(place: number): Takes | undefined {
    return this.#takes[place];
  }

  /** Places of a field's points, the more important first. */
  ofField(field: PointField): readonly number[] {
    return this.#ofField.get(field) ?? [];
  }

  /** A field's points in the order in which the rules try them. */
  orderOf(field: PointField): FieldOrder {
    return this.#orderOf.get(field) as FieldOrder; // of every field
  }

  /** Places of a field's points that are said whenever they are true, the more important first. */
  alwaysOf(field: PointField): readonly number[] {
    return this.#alwaysOf.get(field) ?? [];
  }

  /** Where a point stands in a text: by its family, and within one by its place. */
  rankInText(place: number): number {
    return this.#rankInText[place] ?? 0;
  }

  isAlwaysSaid(place: number): boolean {
    return (this.points[place]?.priority ?? 0) >= ALWAYS_SAID;
  }
}
