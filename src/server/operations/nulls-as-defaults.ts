import { type DocumentNode, type GraphQLSchema, isNonNullType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/**
 * Variables without those that are null where a default stands: the null of a client that fills in every variable of its document means "nothing
 * chosen", and graphql would fail the field over it while the operation runs. Where null is a value of its own it stays.
 */
export class NullsAsDefaults {
  private readonly known = new WeakMap<DocumentNode, ReadonlySet<string>>();

  constructor(private readonly schema: GraphQLSchema) {}

  of(document: DocumentNode, variables: Variables | null | undefined): Variables | null | undefined {
    if (variables == null || !Object.values(variables).includes(null)) return variables;
    const defaulted = this.known.get(document) ?? defaultedBy(this.schema, document);
    this.known.set(document, defaulted);
    return Object.fromEntries(Object.entries(variables).filter(([name, value]) => value !== null || !defaulted.has(name)));
  }
}

/** The variables of a document that fill an argument or input field which is never null and has a default. */
function defaultedBy(schema: GraphQLSchema, document: DocumentNode): ReadonlySet<string> {
  const defaulted = new Set<string>();
  const types = new TypeInfo(schema);
  const look = {
    Variable({ name }: { readonly name: { readonly value: string } }) {
      if (isNonNullType(types.getInputType()) && types.getDefaultValue() !== undefined) defaulted.add(name.value);
    },
    // The definition itself has a type of its own, and no place in the schema.
    VariableDefinition: () => false as const,
  };
  visit(document, visitWithTypeInfo(types, look));
  return defaulted;
}
