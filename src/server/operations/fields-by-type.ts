import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  type InlineFragmentNode,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  typeFromAST,
} from 'graphql';

/** What decides which fields of a document are executed. */
export interface DocumentParts {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Coerced, with defaults. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** The fragments of a document by name. */
export function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [])));
}

/**
 * The fields of an object that selections ask for, by the name of each in the answer. Does what the executor does: fields of one name are one, a fragment
 * counts once however often it is spread, and what `@skip` and `@include` leave out is not there.
 */
export function fieldsByName(
  parts: DocumentParts,
  type: GraphQLObjectType,
  selections: readonly SelectionSetNode[],
): ReadonlyMap<string, readonly FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const collect = (selection: SelectionNode): void => {
    if (isLeftOut(selection, parts.variables)) return;
    if (selection.kind === Kind.FIELD) {
      const name = selection.alias?.value ?? selection.name.value;
      const nodes = found.get(name);
      if (nodes === undefined) found.set(name, [selection]);
      else nodes.push(selection);
      return;
    }
    if (selection.kind === Kind.INLINE_FRAGMENT) return into(selection);
    const name = selection.name.value;
    const fragment = parts.fragments.get(name);
    if (fragment === undefined || spread.has(name)) return;
    spread.add(name);
    into(fragment);
  };
  const into = ({ typeCondition, selectionSet }: InlineFragmentNode | FragmentDefinitionNode): void => {
    if (typeCondition !== undefined && !applies(parts.schema, type, typeFromAST(parts.schema, typeCondition))) return;
    selectionSet.selections.forEach(collect);
  };
  for (const { selections: each } of selections) each.forEach(collect);
  return found;
}

function applies(schema: GraphQLSchema, type: GraphQLObjectType, condition: ReturnType<typeof typeFromAST>): boolean {
  return condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));
}

function isLeftOut(selection: SelectionNode, variables: DocumentParts['variables']): boolean {
  if (selection.directives === undefined || selection.directives.length === 0) return false;
  if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.['if'] === true) return true;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.['if'] === false;
}
