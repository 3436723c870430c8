import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/**
 * Refuses `@skip` and `@include` on the one field of a subscription, and on the fragments it stands in, as the specification does (5.2.4.1): with
 * the field left out there is nothing to subscribe to, and graphql 16, whose rules do not have this one yet, throws.
 */
export function unconditionalSubscriptionRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition({ operation, selectionSet }) {
      if (operation === OperationTypeNode.SUBSCRIPTION) refuseConditions(selectionSet, context, new Set());
      return false;
    },
  };
}

function refuseConditions({ selections }: SelectionSetNode, context: ValidationContext, seen: Set<FragmentDefinitionNode>): void {
  for (const selection of selections) {
    const condition = selection.directives?.find(({ name }) => name.value === 'skip' || name.value === 'include');
    if (condition !== undefined) {
      context.reportError(
        new GraphQLError(`@${condition.name.value} cannot stand on the field of a subscription: leave the subscription out instead.`, {
          nodes: condition,
        }),
      );
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) refuseConditions(selection.selectionSet, context, seen);
    if (selection.kind !== Kind.FRAGMENT_SPREAD) continue;
    const fragment = context.getFragment(selection.name.value);
    if (fragment == null || seen.has(fragment)) continue;
    seen.add(fragment);
    refuseConditions(fragment.selectionSet, context, seen);
  }
}
