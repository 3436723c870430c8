import {
  NoSchemaIntrospectionCustomRule,
  type ValidationRule,
  type ASTVisitor,
  GraphQLError,
  Kind,
  type ValidationContext,
  visit,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  TypeInfo,
  visitWithTypeInfo,
  type FragmentDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { shapeRule } from './document-shape.js';
import { wrongFirst } from '../../resolvers/paging.js';

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

/**
 * Refuses a `first` that no page has in words that say what to write instead: the desk multiplies by it, and its refusal
 * would tell the price alone. Looks through the document as soon as it is met. Variables are left to the fields themselves.
 */
function pageSizeRule(context: ValidationContext): ASTVisitor {
  return {
    Document(document) {
      visit(document, {
        Argument(node) {
          if (node.name.value !== 'first' || node.value.kind !== Kind.INT) return;
          const problem = wrongFirst(Number(node.value.value));
          if (problem !== undefined) context.reportError(new GraphQLError(problem.text, { nodes: node }));
        },
      });
    },
  };
}

/**
 * Refuses a person's data in the text of a document: documents are shown by tools, kept by traces, and sent in addresses. A field names such arguments
 * in `extensions.personalArguments`.
 */
function personalArgumentsRule(context: ValidationContext): ASTVisitor {
  const variables = new Set<string>();
  return {
    Field(node) {
      for (const { name, value } of personalArgumentsOf(context.getFieldDef(), node)) {
        if (value.kind === Kind.VARIABLE) variables.add(value.name.value);
        else if (value.kind !== Kind.NULL) context.reportError(inDocument(name.value));
      }
    },
    Document: {
      leave({ definitions }) {
        if (variables.size === 0) return;
        const defaults = definitions
          .flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : []))
          .filter(({ variable, defaultValue }) => variables.has(variable.name.value) && defaultValue !== undefined && defaultValue.kind !== Kind.NULL); // prettier-ignore
        for (const { variable } of defaults) context.reportError(inDocument(variable.name.value));
      },
    },
  };
}

/** Why an operation that came in an address is refused, where it takes a person's data; undefined where it takes none. */
export function personalInAddress(schema: GraphQLSchema, document: DocumentNode): GraphQLError | undefined {
  const found: string[] = [];
  const types = new TypeInfo(schema);
  const look = { Field: (node: FieldNode): void => void found.push(...personalArgumentsOf(types.getFieldDef(), node).map(({ name }) => name.value)) }; // prettier-ignore
  visit(document, visitWithTypeInfo(types, look));
  if (found[0] === undefined) return undefined;
  return new GraphQLError(`\`${found[0]}\` holds a person’s data, and addresses are logged on their way. Send the operation by POST.`, {
    extensions: { code: 'PERSONAL_DATA_IN_ADDRESS' },
  });
}

// Without the node: an error's place would quote nothing, but who prints it prints the document's line.
function inDocument(name: string): GraphQLError {
  return new GraphQLError(`\`${name}\` holds a person’s data, and stands in the document. Send it as a variable without a default.`);
}

function personalArgumentsOf(
  field: GraphQLField<unknown, unknown> | null | undefined,
  { arguments: given = [] }: FieldNode,
): NonNullable<FieldNode['arguments']> {
  const personal = field?.extensions['personalArguments'];
  return Array.isArray(personal) ? given.filter(({ name }) => personal.includes(name.value)) : [];
}

/**
 * Refuses `@skip` and `@include` on the one field of a subscription, and on the fragments it stands in, as the specification does (5.2.4.1): with
 * the field left out there is nothing to subscribe to, and graphql 16, whose rules do not have this one yet, throws.
 */
function unconditionalSubscriptionRule(context: ValidationContext): ASTVisitor {
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
