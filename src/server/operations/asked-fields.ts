import {
  type FieldNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { PERSON } from '../../schema/of-person.js';

/** Names that are kept of one question: more say no more of what was read. */
const MAX_NAMES = 60;

/** Names of the fields that an operation asks of a type, of parts with their way (`days.verdict`), in order. What a directive leaves out counts as asked for. */
export function askedFields(info: GraphQLResolveInfo, type: GraphQLObjectType): readonly string[] {
  const names = new Set<string>();
  const nodes = info.fieldNodes.map(({ selectionSet }) => selectionSet);
  collect({ info, names }, type, nodes, '');
  return [...names].toSorted().slice(0, MAX_NAMES);
}

/** Names of the fields that an operation asks of the nodes of a page. */
export function askedOfNodes(info: GraphQLResolveInfo, type: GraphQLObjectType): readonly string[] {
  const { fragments } = info;
  const page = info.fieldNodes.flatMap(({ selectionSet }) => fieldsIn(selectionSet, fragments));
  const edges = named(page, 'edges').flatMap(({ selectionSet }) => fieldsIn(selectionSet, fragments));
  const nodes = [...named(page, 'nodes'), ...named(edges, 'node')].map(({ selectionSet }) => selectionSet);
  const names = new Set<string>();
  collect({ info, names }, type, nodes, '');
  return [...names].toSorted().slice(0, MAX_NAMES);
}

interface Collecting {
  readonly info: Pick<GraphQLResolveInfo, 'fragments'>;
  readonly names: Set<string>;
}

function collect(into: Collecting, type: GraphQLNamedType, selections: readonly (SelectionSetNode | undefined)[], before: string): void {
  const fields = selections.flatMap((selection) => fieldsIn(selection, into.info.fragments));
  for (const field of fields) {
    if (into.names.size > MAX_NAMES) return;
    const name = field.name.value;
    const found = isObjectType(type) ? type.getFields()[name] : undefined;
    if (found === undefined) continue; // `__typename`
    const part = getNamedType(found.type);
    if (part.extensions[PERSON] === 'PART') collect(into, part, [field.selectionSet], `${before}${name}.`);
    else into.names.add(`${before}${name}`);
  }
}

function fieldsIn(selection: SelectionSetNode | undefined, fragments: GraphQLResolveInfo['fragments']): FieldNode[] {
  return (selection?.selections ?? []).flatMap((each: SelectionNode) => {
    if (each.kind === Kind.FIELD) return [each];
    if (each.kind === Kind.INLINE_FRAGMENT) return fieldsIn(each.selectionSet, fragments);
    return fieldsIn(fragments[each.name.value]?.selectionSet, fragments);
  });
}

function named(fields: readonly FieldNode[], wanted: string): FieldNode[] {
  return fields.filter(({ name }) => name.value === wanted);
}
