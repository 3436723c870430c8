/** What a fact can be: every value that the records bear out. None: it is not known, and nothing may be said by it. */
export type Values = readonly (number | string | boolean)[];

/** Looks a fact up. @throws for one that the oracle was not told about */
export type LookUp = (fact: string) => Values;

const TOKENS = /<=|>=|!=|[=<>()]|-?\d+(?:\.\d+)?|[A-Za-z][\w.]*/gu;

/**
 * Whether a condition of data/points holds, by facts that are looked up. Read anew each time, with no table of words: what stands beside a comparison is a figure, a fact (it has a dot)
 * or a word. `and` and `or` are not mixed without brackets.
 */
export function holds(condition: string, lookUp: LookUp): boolean {
  const tokens = condition.match(TOKENS) ?? [];
  if (tokens.join('') !== condition.replaceAll(/\s/gu, ''))
    throw new Error(`the oracle cannot read the condition ${JSON.stringify(condition)}`);
  let at = 0;

  function series(): boolean {
    let value = one();
    for (let joint: string | undefined; tokens[at] === 'and' || tokens[at] === 'or';) {
      if (joint !== undefined && joint !== tokens[at]) throw new Error(`${JSON.stringify(condition)} mixes and with or: set brackets`);
      joint = tokens[at];
      at += 1;
      const next = one();
      value = joint === 'and' ? value && next : value || next;
    }
    return value;
  }

  function one(): boolean {
    if (tokens[at] === '(') {
      at += 1;
      const value = series();
      at += 1;
      return value;
    }
    if (tokens[at] === 'not') {
      at += 2;
      return lookUp(tokens[at - 1] ?? '').includes(false);
    }
    const left = valuesOf(tokens[at++] ?? '');
    const sign = tokens[at] ?? '';
    const compare = COMPARE[sign];
    if (compare === undefined) return left.includes(true);
    at += 1;
    const right = valuesOf(tokens[at++] ?? '');
    return left.some((a) => right.some((b) => compare(a, b)));
  }

  function valuesOf(token: string): Values {
    if (/^-?\d/u.test(token)) return [Number(token)];
    return token.includes('.') ? lookUp(token) : [token];
  }

  return series();
}

/** Names of facts that a condition speaks of. */
export function factsIn(condition: string): string[] {
  return (condition.match(TOKENS) ?? []).filter((token) => /^[a-z]\w*\.\w+$/iu.test(token));
}

type Value = Values[number];

const COMPARE: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};
