import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';
import { fragmentsOf } from './fields-by-type.js';

/** Names of their own that fields of a document may have. */
const MAX_ALIASES = 15;
/** Directives of a document. */
const MAX_DIRECTIVES = 5;
/** Fields below each other, through fragments as well. */
const MAX_DEPTH = 12;
/** Fields of the same name that a document may hold, as the sum of the squares of how often each name comes: validation compares each with each. */
const MAX_REPETITION = 5_000;

/**
 * Why a document is refused whose very form costs too much to look at; undefined when it may be validated. To be asked before that: graphql's rules
 * compare fields of one name pair by pair, which takes a second for 2,000 tokens. This looks at each part of the text once.
 */
export function shapeProblem(document: DocumentNode): GraphQLError | undefined {
  const { aliases, directives, names } = countOf(document);
  if (aliases > MAX_ALIASES) return tooComplex(`${aliases} aliases, and at most ${MAX_ALIASES} are taken`, 'Send several operations.');
  if (directives > MAX_DIRECTIVES)
    return tooComplex(`${directives} directives, and at most ${MAX_DIRECTIVES} are taken`, 'Leave out what is not needed.');
  const repetition = [...names.values()].reduce((sum, times) => sum + times * times, 0);
  if (repetition > MAX_REPETITION) return tooComplex('the same fields too often', 'Ask for each once, or send several operations.');
  if (depthOf(document) > MAX_DEPTH)
    return tooComplex(`fields nested more than ${MAX_DEPTH} deep`, 'Ask for what lies deeper in an operation of its own.');
  return undefined;
}

/**
 * The same as a rule of validation, for a server that validates by itself: a document that is refused is empty for every other rule. Rules are asked side
 * by side, and one that gives another document has it looked at in place of the first.
 */
export function shapeRule(context: ValidationContext): ASTVisitor {
  return {
    Document(document) {
      const problem = shapeProblem(document);
      if (problem === undefined) return undefined;
      context.reportError(problem);
      return { ...document, definitions: [] };
    },
  };
}

function tooComplex(what: string, advice: string): GraphQLError {
  return new GraphQLError(`The operation has ${what}. ${advice}`, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
}

interface Counted {
  aliases: number;
  directives: number;
  readonly names: Map<string, number>;
}

function countOf(document: DocumentNode): Counted {
  const counted: Counted = { aliases: 0, directives: 0, names: new Map() };
  const count = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      counted.directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) {
        if (selection.alias !== undefined) counted.aliases += 1;
        const name = selection.alias?.value ?? selection.name.value;
        counted.names.set(name, (counted.names.get(name) ?? 0) + 1);
      }
      if ('selectionSet' in selection && selection.selectionSet !== undefined) count(selection.selectionSet);
    }
  };
  for (const definition of document.definitions) {
    if (!('selectionSet' in definition)) continue;
    counted.directives += definition.directives?.length ?? 0;
    count(definition.selectionSet);
  }
  return counted;
}

/** How deep a document goes. A fragment that holds itself is as deep as can be: graphql's own rule, which would say so, comes after this one. */
function depthOf(document: DocumentNode): number {
  const fragments = fragmentsOf(document);
  const known = new Map<FragmentDefinitionNode, number>();
  const ofFragment = (fragment: FragmentDefinitionNode | undefined): number => {
    if (fragment === undefined) return 0;
    const found = known.get(fragment);
    if (found !== undefined) return found;
    known.set(fragment, Number.POSITIVE_INFINITY); // while it is looked at
    const depth = ofSelections(fragment.selectionSet);
    known.set(fragment, depth);
    return depth;
  };
  const ofSelections = ({ selections }: SelectionSetNode): number => {
    let deepest = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) deepest = Math.max(deepest, ofFragment(fragments.get(selection.name.value)));
      else if (selection.kind === Kind.INLINE_FRAGMENT) deepest = Math.max(deepest, ofSelections(selection.selectionSet));
      else deepest = Math.max(deepest, ofField(selection));
    }
    return deepest;
  };
  // What is asked about the schema itself is deep by nature, and priced by what it holds.
  const ofField = ({ name, selectionSet }: FieldNode): number => {
    return selectionSet === undefined || name.value.startsWith('__') ? 1 : 1 + ofSelections(selectionSet);
  };
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  return Math.max(0, ...operations.map(({ selectionSet }) => ofSelections(selectionSet)));
}
