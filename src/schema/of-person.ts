// oxlint-disable-next-line no-restricted-imports -- here alone it is given its mark
import { Extensions, ObjectType } from 'type-graphql';

/** Under this name an object type says whose data it holds: a function of its object that gives the person, `PART`, `PAGE` or `NOBODY`. */
export const PERSON = 'person';
/** Under this name a field says which persons it shows. */
export const SHOWS = 'showsPersons';

/** The person whose data an object holds; null where this one holds no person's. */
export type PersonOf<T> = (object: T) => number | null;
/** The persons that a field shows, or was asked about, by its arguments, what it gives, and the object that it is a field of. */
export type PersonsShown = (field: {
  readonly args: unknown;
  readonly value: unknown;
  readonly source: unknown;
}) => readonly number[] | null | undefined;

interface Options {
  readonly description?: string;
  // oxlint-disable-next-line typescript/no-unsafe-function-type -- what type-graphql takes
  readonly implements?: Function | Function[];
}
type Declare = (nameOrOptions?: string | Options, options?: Options) => ClassDecorator;

/**
 * An object type whose objects belong to a person. A caller who is given one has read that person's data, and it is recorded: see docs/decisions/038.
 * Every object type is this, a `PartOfPerson` or an `ObjectOfNobody`; lint refuses type-graphql's own `ObjectType`, which says nothing of it.
 */
export function ObjectOfPerson<T extends object>(person: PersonOf<T>, options: Options): ClassDecorator {
  return declare(person)(options);
}

/** An object type that is reached through objects of persons alone, and is read with them. */
export const PartOfPerson: Declare = (...type) => declare('PART')(...type);

/** An object type that tells of runs, schedules or the service. A field of it that shows a person's id has `@ShowsPersons`. */
export const ObjectOfNobody: Declare = (...type) => declare('NOBODY')(...type);

/** A page of a list, and its edges: a caller who is given a page has read its nodes, even where only its cursors were asked for. A cursor alone can hold a person's id. */
export const PageOfNodes: Declare = (...type) => declare('PAGE')(...type);

/** Of a field outside of objects of persons: which persons it shows, or answers about. */
export function ShowsPersons(persons: PersonsShown): MethodDecorator & PropertyDecorator {
  return Extensions({ [SHOWS]: persons });
}

function declare(person: unknown): Declare {
  return (nameOrOptions, options) => (target) => {
    if (typeof nameOrOptions === 'string') ObjectType(nameOrOptions, options ?? {})(target);
    else ObjectType(nameOrOptions ?? {})(target);
    Extensions({ [PERSON]: person })(target);
  };
}

/** Persons that a filter names and the page does not show: that there is nothing of them is an answer too. */
export const askedInVain: PersonsShown = ({ args, value }) => {
  const asked = (args as { readonly filter?: { readonly userIds?: readonly number[] | null } | null }).filter?.userIds;
  if (asked === undefined || asked === null) return undefined;
  const shown = new Set((value as { readonly nodes: readonly { readonly userId: number }[] }).nodes.map(({ userId }) => userId));
  return asked.filter((userId) => !shown.has(userId));
};
