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
export function fieldOrders(points: readonly Point[]): ReadonlyMap<PointField, FieldOrder> {
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
export function positionsOf(orders: Iterable<FieldOrder>): number[] {
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
