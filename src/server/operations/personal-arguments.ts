import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  TypeInfo,
  type ValidationContext,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * Refuses a person's data in the text of a document: documents are shown by tools, kept by traces, and sent in addresses. A field names such arguments
 * in `extensions.personalArguments`.
 */
export function personalArgumentsRule(context: ValidationContext): ASTVisitor {
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
