import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { getMetadataStorage } from 'type-graphql';
import { isRole, type Role } from '../identity/role.js';

type ResolverClass = abstract new (...args: never[]) => unknown;

/**
 * Sees that every root field names the role it needs, and writes it into the field's description and `extensions.role`. What was not thought
 * about is not served: `@Authorized` left out means open to every caller in type-graphql, and to no caller here.
 * @param resolvers the schema was built from; others in the same process do not count
 * @throws naming the fields without a role
 */
export function declareRootRoles(schema: GraphQLSchema, resolvers: readonly ResolverClass[]): GraphQLSchema {
  const { queries, mutations, subscriptions } = getMetadataStorage();
  const handlers = { Query: queries, Mutation: mutations, Subscription: subscriptions };
  const open: string[] = [];
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    if (type == null) continue;
    const own = handlers[type.name as keyof typeof handlers].filter(({ target }) => (resolvers as readonly unknown[]).includes(target));
    const roles = new Map(own.map(({ schemaName, roles: [role] = [] }) => [schemaName, role as unknown]));
    open.push(...declare(type, roles));
  }
  if (open.length > 0) throw new Error(`root fields without a role: ${open.join(', ')}. Put @Authorized<Role>('…') above each`);
  return schema;
}

function declare(type: GraphQLObjectType, roles: ReadonlyMap<string, unknown>): string[] {
  const open: string[] = [];
  for (const field of Object.values(type.getFields())) {
    const role = roles.get(field.name);
    if (!isRole(role)) {
      open.push(`${type.name}.${field.name}`);
      continue;
    }
    field.description = [field.description, sentenceOf(role)].filter(Boolean).join('\n\n');
    field.extensions = { ...field.extensions, role };
  }
  return open;
}

function sentenceOf(role: Role): string {
  return `Needs the role ${role}.`;
}
