import { parseSync } from '@swc/core';

/** A node of swc's syntax tree, as far as it is looked at here. */
interface Node {
  readonly type: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly [key: string]: unknown;
}

/** An assertion that anything passes which is not what it names, an internal error's text as well. */
export interface WeakAssertion {
  readonly line: number;
  readonly why: string;
}

/** Matchers by which a negation only says that some text or part is missing. */
const PARTS = new Set(['toContain', 'toContainEqual', 'toMatch', 'toMatchObject', 'toHaveProperty']);

const FIRST = '0;';

/** The source of a node. */
type Cut = (node: Node) => string;

/** An `expect(…)` with what follows it. */
interface Assertion {
  readonly node: Node;
  /** Names of values in what it is about. */
  readonly names: ReadonlySet<string>;
  /** Calls that are made for it, in their words: an answer that is asked for in the assertion has no other name. */
  readonly fresh: readonly string[];
  /** Whether all it says is that something is missing. */
  readonly isAbsence: boolean;
  /** Whether any error will do. */
  readonly isAnyError: boolean;
}

/**
 * Assertions of a test file that hold for any answer but the one they name: a text that does not contain a word (an error page does not), where nothing in
 * the same test says what the text is; and `toThrow` or a rejection without a word about what is thrown (a mistake in the test throws as well).
 */
export function weakAssertions(source: string): WeakAssertion[] {
  // swc counts bytes, on from wherever its last file ended and from the first word after the comments: this word is ours.
  const text = Buffer.from(`${FIRST}${source}`);
  const module = parseSync(text.toString(), { syntax: 'typescript', decorators: true, target: 'es2024' }) as unknown as Node;
  const cut: Cut = ({ span }) => text.subarray(span.start - module.span.start, span.end - module.span.start).toString();
  const lineOf = ({ span }: Node): number =>
    text
      .subarray(0, span.start - module.span.start)
      .toString()
      .split('\n').length;
  return scopesIn(module).flatMap((scope) => {
    const found = assertionsIn(scope, cut);
    const told = new Set(found.flatMap(({ isAbsence, names, fresh }) => (isAbsence ? [] : [...names, ...fresh])));
    return found.flatMap(({ node, names, fresh, isAbsence, isAnyError }) => {
      if (isAnyError) return [{ line: lineOf(node), why: 'any error passes: say which one is thrown' }];
      const subject = fresh.length > 0 ? fresh : [...names];
      if (isAbsence && !subject.some((name) => told.has(name)))
        return [{ line: lineOf(node), why: 'an internal error passes: say what must be there as well' }];
      return [];
    });
  });
}

/** The outermost functions that are given to a call (`it`, `beforeAll` …) or declared, but not those given to `describe`. */
function scopesIn(node: unknown, isWithin = false): Node[] {
  if (Array.isArray(node)) return node.flatMap((each) => scopesIn(each, isWithin));
  if (typeof node !== 'object' || node === null) return [];
  const { type } = node as Node;
  if (/^(ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/.test(type) && !isWithin) return [node as Node];
  const isSuite = type === 'CallExpression' && calleeOf(node as Node).startsWith('describe');
  const children = Object.values(node);
  if (!isSuite) return children.flatMap((child) => scopesIn(child));
  return children.flatMap((child) => suiteScopes(child));
}

/** Within the arguments of `describe`: its function is looked through. */
function suiteScopes(child: unknown): Node[] {
  if (!Array.isArray(child)) return scopesIn(child);
  return child.flatMap((argument: { expression?: Node }) => {
    const { expression } = argument;
    return expression !== undefined && /Function/.test(expression.type) ? scopesIn(expression['body']) : scopesIn(argument);
  });
}

function calleeOf(call: Node): string {
  let callee = call['callee'] as Node | undefined;
  while (callee !== undefined && callee.type !== 'Identifier') callee = (callee['object'] ?? callee['callee'] ?? callee['tag'] ?? callee['expression']) as Node | undefined; // prettier-ignore
  return typeof callee?.['value'] === 'string' ? callee['value'] : '';
}

function assertionsIn(scope: unknown, cut: Cut): Assertion[] {
  if (Array.isArray(scope)) return scope.flatMap((each) => assertionsIn(each, cut));
  if (typeof scope !== 'object' || scope === null) return [];
  const own = assertionAt(scope as Node, cut);
  return [...(own === undefined ? [] : [own]), ...Object.values(scope).flatMap((each) => assertionsIn(each, cut))];
}

/** `expect(subject).not.matcher(value)` and its like. */
function assertionAt(node: Node, cut: Cut): Assertion | undefined {
  const chain = node.type === 'CallExpression' ? memberNames(node['callee'] as Node) : undefined;
  if (chain?.root === undefined) return undefined;
  const matcher = chain.names.at(-1) ?? '';
  const args = node['arguments'] as readonly unknown[];
  const isNegated = chain.names.includes('not');
  const isAbsence = (isNegated && PARTS.has(matcher)) || (!isNegated && onlyMissing(args));
  const isAnyError = !isNegated && args.length === 0 && (matcher === 'toThrow' || chain.names.includes('rejects'));
  const subject = chain.root['arguments'];
  return { node, names: namesIn(subject), fresh: callsIn(subject).map(cut), isAbsence, isAnyError };
}

/** The names behind an `expect(…)` call, and the call. */
function memberNames(callee: Node): { names: string[]; root: Node | undefined } {
  const names: string[] = [];
  let at: Node | undefined = callee;
  while (at?.type === 'MemberExpression') {
    const { value } = at['property'] as Node;
    names.unshift(typeof value === 'string' ? value : '');
    at = at['object'] as Node;
  }
  const isExpect = at?.type === 'CallExpression' && (at['callee'] as Node)['value'] === 'expect';
  return { names, root: isExpect ? at : undefined };
}

/** Whether a value is `expect.not.stringContaining(…)` or its like and nothing else. */
function onlyMissing(args: readonly unknown[]): boolean {
  const value = (args[0] as { expression?: Node } | undefined)?.expression;
  if (value?.type !== 'CallExpression') return false;
  const member = value['callee'] as Node;
  const inner = member.type === 'MemberExpression' ? (member['object'] as Node) : undefined;
  return (
    inner?.type === 'MemberExpression' && (inner['property'] as Node)['value'] === 'not' && (inner['object'] as Node)['value'] === 'expect'
  );
}

/** Calls of functions by their name, as `ask(url)`: not of methods of values, which only look at them. */
function callsIn(node: unknown): Node[] {
  if (Array.isArray(node)) return node.flatMap(callsIn);
  if (typeof node !== 'object' || node === null) return [];
  const isCall = (node as Node).type === 'CallExpression' && ((node as Node)['callee'] as Node).type === 'Identifier';
  return isCall && !PLAIN.test(calleeOf(node as Node)) ? [node as Node] : Object.values(node).flatMap(callsIn);
}

const PLAIN = /^(JSON|Object|String|Array|Buffer|Number|Promise|Set)$/;

/** Names of values in an expression: not those of properties, nor of what merely reads or writes them. */
function namesIn(node: unknown): Set<string> {
  if (Array.isArray(node)) return new Set(node.flatMap((each) => [...namesIn(each)]));
  if (typeof node !== 'object' || node === null) return new Set();
  const { type, value } = node as Node;
  if (type === 'Identifier') return new Set(typeof value === 'string' && !PLAIN.test(value) ? [value] : []);
  const entries = Object.entries(node).filter(([key]) => key !== 'property' || type !== 'MemberExpression');
  return new Set(entries.flatMap(([, child]) => [...namesIn(child)]));
}
