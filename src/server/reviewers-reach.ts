import {
  getNamedType,
  isAbstractType,
  isObjectType,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { getMetadataStorage } from 'type-graphql';

/**
 * Types that a caller may be shown who is a reviewer and nothing else. A field leads to no other one unless it names a role of its own: a run, for one, tells of
 * the persons in it.
 */
const FOR_REVIEWERS: ReadonlySet<string> = new Set([
  'SignedOutEverywhere',
  'SessionRevoked',
  'Refused',
  'PointTurned',
  'MarkAccepted',
  'SessionConnection',
  'PointSwitch',
  'AdviceMarkConnection',
  'ReviewSample',
  'Me',
  'AdviceMark',
  'AdviceMarkEdge',
  'PageInfo',
  'ReviewRow',
  'Session',
  'SessionEdge',
  'AdvicePoint',
  'Recall',
  'ReviewDish',
  'ReviewReason',
  'AdviceFact',
  'AdviceSource',
  'AdviceSubject',
  'RecallCounts',
  'RecallRun',
  'RecallPreview',
  'RecallGroup',
  'SignableRowConnection',
  'SignableRowEdge',
  'SignableRow',
  'SignableLine',
  'SigningProgress',
  'SigningCount',
  'SignaturesChanged',
]);

/** What a walk knows of a schema. */
interface Ground {
  readonly schema: GraphQLSchema;
  /** `Type.field` of each field that names a role. */
  readonly guarded: ReadonlySet<string>;
}

/**
 * Sees that what a reviewer may ask leads to nothing else: not from the root alone, but through every field of every type on the way. What was not thought about is not
 * served. @throws naming the fields that lead on
 */
export function requireReviewersReach(schema: GraphQLSchema): GraphQLSchema {
  const { objectTypes, queries, mutations, subscriptions } = getMetadataStorage();
  const guarded = new Set(
    objectTypes.flatMap(({ name, fields = [] }) =>
      fields.filter(({ roles = [] }) => roles.length > 0 && !roles.includes('reviewer')).map(({ schemaName }) => `${name}.${schemaName}`),
    ),
  );
  const theirs = new Set(
    [...queries, ...mutations, ...subscriptions].filter(({ roles = [] }) => roles.includes('reviewer')).map(({ schemaName }) => schemaName),
  );
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const begun = roots.flatMap((root) => Object.values(root?.getFields() ?? {}).filter(({ name }) => theirs.has(name)));
  const leading = new Set<string>();
  const seen = new Set<string>();
  const waiting = begun.map((field) => ({ from: field.name, type: getNamedType(field.type) }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const type of objectsOf(next.type, { schema, guarded })) {
      if (!FOR_REVIEWERS.has(type.name)) leading.add(`${next.from} leads to ${type.name}`);
      else if (!seen.has(type.name)) {
        seen.add(type.name);
        waiting.push(...stepsFrom(type, guarded));
      }
    }
  }
  if (leading.size > 0)
    throw new Error(
      `a reviewer would be shown more than is theirs: ${[...leading].join('; ')}. Put @Authorized<Role>('viewer') above the field`,
    );
  return schema;
}

function objectsOf(type: GraphQLNamedOutputType, { schema }: Ground): readonly GraphQLObjectType[] {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [];
}

function stepsFrom(type: GraphQLObjectType, guarded: ReadonlySet<string>): { from: string; type: GraphQLNamedOutputType }[] {
  const open = Object.values(type.getFields()).filter(({ name }) => !guarded.has(`${type.name}.${name}`));
  return open.map((field) => ({ from: `${type.name}.${field.name}`, type: getNamedType(field.type) }));
}
