import {
  type DocumentNode,
  type FieldNode,
  getArgumentValues,
  getNamedType,
  getVariableValues,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { type DocumentParts, fieldsByName, fragmentsOf } from './fields-by-type.js';
import { introspectionPrice } from './introspection-price.js';
import { askedOf, isListField, sizeOf, weightOf } from './list-sizes.js';
import { type Price, Unpriceable } from './price.js';

/** An operation of a document, about to be executed. */
export interface PricedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Fields that are looked at to find a price: fragments that are merged in ever new ways could go on for ever. No useful operation has a tenth of it. */
const MAX_STEPS = 5_000;
/** How deep they may lie. Documents that go deeper are refused before; here it keeps one that was not from filling the stack. */
const MAX_LEVELS = 100;
/** Values of a list that are one figure or word each weigh this much: a tenth of an object's field. */
const LEAF_ITEM = 0.1;

/**
 * The price of an operation with its variables. One pass over what the executor would do, with a declared or asked size for every list; what is asked for
 * in the same way is worked out once, so that fragments within fragments cost no more than their text.
 * @throws Unpriceable; GraphQLError for a variable that holds nothing which its place takes: one with a default of its own may be null where null is not
 * taken, and the executor would fail the field over it as if it were our mistake
 */
export function priceOf(schema: GraphQLSchema, { document, operation, variables }: PricedOperation): Price {
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 });
  const root = schema.getRootType(operation.operation);
  // Bad variables and missing roots are refused by the executor before any field is.
  if (coerced === undefined || root == null) return { price: 0, dearest: [] };
  const pricing = new Pricing({ schema, fragments: fragmentsOf(document), variables: coerced });
  const { price, dearest } = pricing.ofObject(root, [operation.selectionSet], 1);
  return { price: Math.ceil(price), dearest };
}

class Pricing {
  private readonly known = new Map<string, Price>();
  private readonly idOf = new Map<SelectionSetNode, number>();
  private steps = 0;
  private level = 0;

  constructor(private readonly parts: DocumentParts) {}

  /** The price of one object's fields. @param asked how many the field that led here was asked for */
  ofObject(type: GraphQLNamedType, selections: readonly SelectionSetNode[], asked: number): Price {
    if (isAbstractType(type)) {
      const { schema } = this.parts;
      return dearestOf(schema.getPossibleTypes(type).map((possible) => this.ofObject(possible, selections, asked)));
    }
    if (!isObjectType(type)) return NOTHING;
    const key = `${type.name} ${asked} ${selections.map((each) => this.id(each)).join()}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.level += 1;
    if (this.level > MAX_LEVELS) throw new Unpriceable();
    const found = this.ofFields(type, selections, asked);
    this.level -= 1;
    this.known.set(key, found);
    return found;
  }

  private ofFields(type: GraphQLObjectType, selections: readonly SelectionSetNode[], asked: number): Price {
    let price = 0;
    let most = NOTHING;
    for (const [name, nodes] of fieldsByName(this.parts, type, selections)) {
      this.steps += 1;
      if (this.steps > MAX_STEPS) throw new Unpriceable();
      const found = this.ofField(type, nodes, { name, asked });
      price += found.price;
      if (found.price > most.price) most = found;
    }
    return { price, dearest: most.price * 2 > price ? most.dearest : [] };
  }

  private ofField(type: GraphQLObjectType, nodes: readonly FieldNode[], place: { readonly name: string; readonly asked: number }): Price {
    const [node] = nodes as [FieldNode];
    const name = node.name.value;
    if (name === SchemaMetaFieldDef.name || name === TypeMetaFieldDef.name)
      return { ...introspectionPrice(this.parts, nodes), dearest: [place.name] };
    const field = type.getFields()[name];
    if (field === undefined) return ONE; // `__typename`
    const args = getArgumentValues(field, node, this.parts.variables);
    const below = nodes.flatMap(({ selectionSet }) => (selectionSet === undefined ? [] : [selectionSet]));
    const weight = weightOf(field);
    if (!isListField(field)) {
      const { price, dearest } = this.ofObject(getNamedType(field.type), below, askedOf(field, args) ?? 1);
      // A plain field is no advice to ask for less of, unless there is a list below it.
      return { price: weight + price, dearest: dearest.length > 0 || weight > 1 ? [place.name, ...dearest] : [] };
    }
    const size = sizeOf(field, args, place.asked);
    if (below.length === 0) return { price: 1 + size * weight * LEAF_ITEM, dearest: [place.name] };
    const { price, dearest } = this.ofObject(getNamedType(field.type), below, size);
    return { price: 1 + size * (weight + price), dearest: [place.name, ...dearest] };
  }

  private id(selection: SelectionSetNode): number {
    const known = this.idOf.get(selection);
    if (known !== undefined) return known;
    this.idOf.set(selection, this.idOf.size);
    return this.idOf.size - 1;
  }
}

const NOTHING: Price = { price: 0, dearest: [] };
const ONE: Price = { price: 1, dearest: [] };

function dearestOf(prices: readonly Price[]): Price {
  return prices.reduce((most, each) => (each.price > most.price ? each : most), NOTHING);
}
