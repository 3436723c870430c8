import { GraphQLError } from 'graphql';

/** Fields that all objects in the variables of an operation may have together: the largest order that is taken has 200. */
export const MAX_VARIABLE_FIELDS = 2_000;

/**
 * Why variables are not looked at: each of graphql's errors about one writes the whole object out, and there may be fifty, so that one request with 60,000 fields that no input
 * has kept the process silent for seconds. Undefined for usual ones.
 */
export function tooManyFields(variables: Readonly<Record<string, unknown>> | null | undefined): GraphQLError | undefined {
  let fields = 0;
  let level: unknown[] = Object.values(variables ?? {});
  while (level.length > 0) {
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      const inside = Object.values(value) as unknown[];
      if (!Array.isArray(value)) fields += inside.length;
      if (fields > MAX_VARIABLE_FIELDS) return refused();
      for (const each of inside) if (typeof each === 'object') below.push(each);
    }
    level = below;
  }
  return undefined;
}

function refused(): GraphQLError {
  return new GraphQLError(`The objects of the variables have more than ${MAX_VARIABLE_FIELDS} fields together. Send the order in parts.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
