import {
  type FieldNode,
  getArgumentValues,
  getNamedType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  isObjectType,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { type DocumentParts, fieldsByName } from './fields-by-type.js';
import { type Price, Unpriceable } from './price.js';

/** One value of the answer weighs this much of a plain field: nothing is read, and all of it lies in memory. */
const VALUE = 0.5;
/** Types and fields that are looked at to find a price. The query that tools send takes a twentieth of it. */
const MAX_LOOKS = 50_000;

/**
 * The price of a question about the schema itself: what the answer does hold, because the schema is at hand. Each of its types and fields is looked at once
 * for each selection, however often it is reached.
 */
export function introspectionPrice(parts: DocumentParts, nodes: readonly FieldNode[]): Price {
  const [node] = nodes as [FieldNode];
  const field = node.name.value === SchemaMetaFieldDef.name ? SchemaMetaFieldDef : TypeMetaFieldDef;
  const type = getNamedType(field.type) as GraphQLObjectType;
  const { schema, variables } = parts;
  const args = getArgumentValues(field, node, variables);
  const source = field === SchemaMetaFieldDef ? schema : schema.getType(String(args['name']));
  const counting = new Counting(parts);
  const values = source == null ? 1 : counting.ofObject(source, type, selectionsOf(nodes));
  return { price: 1 + values * VALUE, dearest: [] };
}

/** A field that is asked for: how it is read, and what is asked of what it gives. A leaf gives nothing to look at. */
interface Asked {
  readonly read: (source: object) => unknown;
  readonly below: GraphQLObjectType;
  readonly selections: readonly SelectionSetNode[];
}

class Counting {
  private readonly fields = new Map<string, readonly Asked[]>();
  private readonly known = new Map<object, Map<string, number>>();
  private readonly idOf = new Map<SelectionSetNode, number>();
  private looks = 0;

  constructor(private readonly parts: DocumentParts) {}

  ofObject(source: object, type: GraphQLObjectType, selections: readonly SelectionSetNode[]): number {
    const key = selections.map((each) => this.id(each)).join();
    const known = this.known.get(source) ?? new Map<string, number>();
    this.known.set(source, known);
    const found = known.get(key) ?? this.ofFields(source, type, selections);
    known.set(key, found);
    return found;
  }

  private ofFields(source: object, type: GraphQLObjectType, selections: readonly SelectionSetNode[]): number {
    let values = 0;
    this.looks += 1;
    if (this.looks > MAX_LOOKS) throw new Unpriceable();
    for (const { read, below, selections: inner } of this.asked(type, selections)) {
      values += 1;
      const value = read(source);
      for (const each of Array.isArray(value) ? (value as unknown[]) : [value])
        if (typeof each === 'object' && each !== null) values += this.ofObject(each, below, inner);
    }
    return values;
  }

  /** What is asked of every object of a type, worked out once. */
  private asked(type: GraphQLObjectType, selections: readonly SelectionSetNode[]): readonly Asked[] {
    const key = `${type.name} ${selections.map((each) => this.id(each)).join()}`;
    const known = this.fields.get(key);
    if (known !== undefined) return known;
    const fields = [...fieldsByName(this.parts, type, selections).values()].map((nodes) => this.askedBy(type, nodes));
    this.fields.set(key, fields);
    return fields;
  }

  private askedBy(type: GraphQLObjectType, nodes: readonly FieldNode[]): Asked {
    const [node] = nodes as [FieldNode];
    const field = type.getFields()[node.name.value];
    const below = getNamedType(field?.type);
    if (field === undefined || !isObjectType(below)) return { read: () => undefined, below: type, selections: [] };
    const args = getArgumentValues(field, node, this.parts.variables);
    const info = { schema: this.parts.schema } as GraphQLResolveInfo;
    return { read: (source) => field.resolve?.(source, args, undefined, info), below, selections: selectionsOf(nodes) };
  }

  private id(selection: SelectionSetNode): number {
    const known = this.idOf.get(selection) ?? this.idOf.size;
    this.idOf.set(selection, known);
    return known;
  }
}

function selectionsOf(nodes: readonly FieldNode[]): SelectionSetNode[] {
  return nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
}
