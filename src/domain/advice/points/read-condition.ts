import type { Fact, FactScope } from './fact.js';
import { COMPARISONS, holdsOf, passes, type Condition, type Conjunction, type Holds, type Test } from './condition.js';

/** A part of a condition; a single comparison is kept as data. */
interface Part {
  readonly holds: Holds;
  readonly test?: Test;
  readonly facts: ReadonlySet<Fact>;
}

/**
 * Reads a condition: comparisons of facts with figures, words or facts (`=`, `!=`, `<`, `<=`, `>`, `>=`), a flag, `not` and a flag, `and`, `or`, brackets. There are no calls and no
 * arithmetic: what a condition needs is a fact with a name, a unit and a meaning.
 * @throws RangeError for anything else, an unknown fact or word among it.
 */
export function conditionOf(text: string, facts: ReadonlyMap<string, Fact>): Condition {
  const parts = new Reader(text, facts).conjuncts();
  const named = [...joined(parts)];
  const within = (fits: (part: Part) => boolean): Conjunction => all(parts.filter(fits));
  return {
    patient: within((part) => !speaks(part, 'EATEN') && !speaks(part, 'DISH')),
    eaten: within((part) => speaks(part, 'EATEN') && !speaks(part, 'DISH')),
    isOfComposed: parts.some(({ test }) => test?.fact.name === 'dish.isComposed' && test.value === 1),
    dish: within((part) => speaks(part, 'DISH')),
    speaksOf: new Set(named.map(({ scope }) => scope)),
    facts: named,
  };
}

function speaks(part: Part, scope: FactScope): boolean {
  return [...part.facts].some((fact) => fact.scope === scope);
}

function all(parts: readonly Part[]): Conjunction {
  return { tests: parts.flatMap(({ test }) => test ?? []), rest: parts.flatMap(({ test, holds }) => (test === undefined ? [holds] : [])) };
}

const TOKEN = /\s*(?:(<=|>=|!=|=|<|>|\(|\))|(-?\d+(?:\.\d+)?)|([A-Za-z][\w.]*))/y;

/** A fact, or a figure where there is none. */
interface Side {
  readonly fact: Fact | null;
  readonly value: number;
}

/** Recursive descent over the tokens of one condition. */
class Reader {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly facts: ReadonlyMap<string, Fact>,
  ) {
    const tokens: string[] = [];
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < text.trimEnd().length) {
      const from = TOKEN.lastIndex;
      const [, sign, figure, word] = TOKEN.exec(text) ?? [];
      const token = sign ?? figure ?? word;
      if (token === undefined) throw this.fault(`cannot be read from ${JSON.stringify(text.slice(from, from + 20))} on`);
      tokens.push(token);
    }
    this.#tokens = tokens;
  }

  /** The parts that must all hold. */
  conjuncts(): Part[] {
    const parts = this.#all();
    if (this.#peek() !== undefined) throw this.fault(`goes on with ${JSON.stringify(this.#peek())} where it should end`);
    return parts;
  }

  #all(): Part[] {
    const parts = [this.#any()];
    while (this.#take('and')) parts.push(this.#any());
    return parts;
  }

  #any(): Part {
    const parts = [this.#one()];
    while (this.#take('or')) parts.push(this.#one());
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return only;
    return { holds: (scene) => parts.some(({ holds }) => holds(scene)), facts: joined(parts) };
  }

  #one(): Part {
    if (this.#take('not')) return this.#flag(0);
    if (this.#take('(')) {
      const parts = this.#all();
      if (!this.#take(')')) throw this.fault('has a bracket that is not closed');
      const together = all(parts);
      return { holds: (scene) => holdsOf(together, scene), facts: joined(parts) };
    }
    return this.#comparison();
  }

  #comparison(): Part {
    const comparison = COMPARISONS.find((each) => each === this.#tokens[this.#at + 1]);
    if (comparison === undefined) return this.#flag(1);
    const { fact } = this.#side(null);
    if (fact === null) throw this.fault('has a figure where a fact should stand');
    this.#at += 1;
    const { fact: other, value } = this.#side(fact);
    return partOf({ fact, comparison, value, other });
  }

  /** A flag that is set, or one that is known not to be: only flags can be negated, so that what is not known never turns into a truth. */
  #flag(value: 0 | 1): Part {
    const { fact } = this.#side(null);
    if (fact?.isFlag !== true) throw this.fault(`has ${JSON.stringify(this.#tokens[this.#at - 1])} where a flag should stand`);
    return partOf({ fact, comparison: '=', value, other: null });
  }

  #side(besides: Fact | null): Side {
    const token = this.#peek();
    if (token === undefined) throw this.fault('ends where a fact or a figure should stand');
    this.#at += 1;
    if (/^-?\d/.test(token)) return { fact: null, value: Number(token) };
    const fact = this.facts.get(token);
    if (fact !== undefined) return { fact, value: Number.NaN };
    const place = besides?.words?.indexOf(token) ?? -1;
    if (place < 0)
      throw this.fault(
        `speaks of ${JSON.stringify(token)}, which is no fact${besides?.words ? ` and none of ${besides.words.join(', ')}` : ''}`,
      );
    return { fact: null, value: place };
  }

  #peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  #take(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at += 1;
    return true;
  }

  private fault(what: string): RangeError {
    return new RangeError(`the condition ${JSON.stringify(this.text)} ${what}`);
  }
}

function partOf(test: Test): Part {
  return { holds: (scene) => passes(test, scene), test, facts: new Set(test.other === null ? [test.fact] : [test.fact, test.other]) };
}

function joined(parts: readonly { readonly facts: ReadonlySet<Fact> }[]): ReadonlySet<Fact> {
  return new Set(parts.flatMap(({ facts }) => [...facts]));
}
