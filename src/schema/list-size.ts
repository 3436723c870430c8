import { Extensions } from 'type-graphql';

/** What a list's size is worked out from, before anything is read. */
export interface ListPlace {
  /** Arguments of the list's own field, with defaults. */
  readonly args: Readonly<Record<string, unknown>>;
  /** What was asked of the field that led to the list's object: its `first` or `count`, what `@Asks` says, or how many that list may hold. */
  readonly asked: number;
}

/** As many as the caller asks for, by `first` or `count` of the list's own field, or else of the field that led to it. */
export const ASKED = 'ASKED';

/** The most that a `first` or `count` may ask for, whatever the field. */
export const MAX_ASKED = 100;

/** How many items a list may hold. */
export type ListSize = number | typeof ASKED | ((place: ListPlace) => number);

/** How many a field is asked for, by its arguments, where that is neither `first` nor `count`. */
export type AskedBy = (args: Readonly<Record<string, unknown>>) => number;

/**
 * Declares how many items a list may hold at most. Every list of the schema says so: one that does not is not served, because it cannot be known what an
 * operation that asks for it comes to.
 */
export function Most(most: ListSize): MethodDecorator & PropertyDecorator {
  return Extensions({ most });
}

/** Says that reading a field takes as much as reading this many plain fields. Of a list, it is the weight of each item. */
export function Weight(weight: number): MethodDecorator & PropertyDecorator {
  return Extensions({ weight });
}

/**
 * Says of a query that it gives all who ask while it is under way one result by itself: it stands outside of the rounds of an operation (decision 048), where they would wait
 * for the next one.
 */
export function SharedAlready(): MethodDecorator {
  return Extensions({ isSharedAlready: true });
}

/** Says how many a field is asked for, where its arguments have other names than `first` and `count`. */
export function Asks(asks: AskedBy): MethodDecorator & PropertyDecorator {
  return Extensions({ asks });
}
