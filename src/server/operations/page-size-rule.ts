import { type ASTVisitor, GraphQLError, Kind, type ValidationContext, visit } from 'graphql';
import { wrongFirst } from '../../resolvers/paging.js';

/**
 * Refuses a `first` that no page has in words that say what to write instead: the cost rule multiplies by it, and answers with nothing but the cost.
 * Looks through the document as soon as it is met, so that its words come before that rule's. Variables are left to the fields themselves.
 */
export function pageSizeRule(context: ValidationContext): ASTVisitor {
  return {
    Document(document) {
      visit(document, {
        Argument(node) {
          if (node.name.value !== 'first' || node.value.kind !== Kind.INT) return;
          const problem = wrongFirst(Number(node.value.value));
          if (problem !== undefined) context.reportError(new GraphQLError(problem, { nodes: node }));
        },
      });
    },
  };
}
