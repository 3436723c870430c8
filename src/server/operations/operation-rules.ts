import { NoSchemaIntrospectionCustomRule, type ValidationRule } from 'graphql';
import { shapeRule } from './document-shape.js';
import { pageSizeRule } from './page-size-rule.js';
import { personalArgumentsRule } from './personal-arguments.js';
import { unconditionalSubscriptionRule } from './unconditional-subscription-rule.js';

/** The longest document that is parsed, in tokens: GraphiQL's introspection query has about 400. */
export const MAX_TOKENS = 2_000;

/**
 * What a document must be before it is an operation: one list for HTTP, WebSocket and Server-Sent Events, so that no transport is a way round another's
 * limits. What the operation comes to is judged when its variables are known, at the desk.
 */
export function operationRules(introspection: boolean): readonly ValidationRule[] {
  const rules = [unconditionalSubscriptionRule, shapeRule, pageSizeRule, personalArgumentsRule];
  return introspection ? rules : [NoSchemaIntrospectionCustomRule, ...rules];
}
