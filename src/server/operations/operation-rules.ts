import { ApolloArmor } from '@escape.tech/graphql-armor';
import { NoSchemaIntrospectionCustomRule, type ValidationRule } from 'graphql';
import { pageSizeRule } from './page-size-rule.js';

/** The longest document that is parsed, in tokens: GraphiQL's introspection query has about 400. */
export const MAX_TOKENS = 2_000;

/**
 * What an operation may cost before it runs: one list for HTTP, WebSocket and Server-Sent Events, so that no transport is a way round
 * another's limits. The figures leave the deepest useful query (runs → outcomes → their users) well inside, and leave graphql-cop
 * nothing to report (armor's own defaults exempt `__typename` from the alias limit and allow 50 directives).
 * A `first` given as a variable is not seen by the cost rule; the fields' own limit of 100 covers that.
 */
export function operationRules(introspection: boolean): readonly ValidationRule[] {
  const armor = new ApolloArmor({
    maxAliases: { n: 15, allowList: [] },
    maxDirectives: { n: 5 },
    maxDepth: { n: 12, flattenFragments: true },
    costLimit: { maxCost: 20_000 },
    // graphql's own parser counts tokens (MAX_TOKENS) and answers 400 where this plugin answers 500.
    maxTokens: { enabled: false },
    // Suggestions are taken out where errors are presented, for all transports alike.
    blockFieldSuggestion: { enabled: false },
  });
  const rules = [pageSizeRule, ...armor.protect().validationRules];
  return introspection ? rules : [NoSchemaIntrospectionCustomRule, ...rules];
}
