import { z } from 'zod';
import { foreignJson } from '../../base/foreign-json.js';

/** Where thoughts begin and end, as the templates of models mark them. What stands before the last end is thought, wherever it began: some templates take the beginning away. */
const BEGINNING = /<(?:think|thinking|thought|reasoning)>|\[THINK\]|◁think▷/giu;
const END = /<\/(?:think|thinking|thought|reasoning)>|\[\/THINK\]|◁\/think▷/giu;
/** A channel of a model that speaks in several, and the one that holds its answer. */
const CHANNEL = /<\|channel\|>/gu;
const FINAL_CHANNEL = /<\|channel\|>\s{0,9}final(?:\s{0,9}<\|constrain\|>\w{1,20})?\s{0,9}<\|message\|>/gu;
/** Brackets of one answer that are tried as the beginning of an object. */
const MAX_TRIES = 20;
/** What may stand between the parts of JSON. */
const BLANKS = ' \t\r\n';
const NOWHERE = -1;

/** An object's place in a text, and what stands in it that JSON does not know. */
interface Outline {
  /** The place after its last bracket. */
  readonly to: number;
  /** Commas before closing brackets, by their places. */
  readonly spareCommas: readonly number[];
}

/**
 * The outermost JSON objects in a model's words, without those in its thoughts. A comma before a closing bracket is passed over; nothing else is mended.
 * Each try is one walk over the text, so that the time is bounded by its length whatever stands in it.
 */
function jsonObjectsIn(text: string): object[] {
  const said = saidIn(text);
  const found: object[] = [];
  let tries = 0;
  for (let from = said.indexOf('{'); from >= 0 && tries < MAX_TRIES; tries += 1) {
    const outline = outlineOf(said, from);
    if (outline === undefined) break;
    const object = parsed(said, from, outline);
    if (object !== undefined) found.push(object);
    from = said.indexOf('{', object === undefined ? from + 1 : outline.to);
  }
  return found;
}

/** What a model said, apart from what it thought. */
function saidIn(text: string): string {
  const final = afterLast(text, FINAL_CHANNEL);
  if (final.search(CHANNEL) >= 0) return ''; // channels, and none of them the last word
  const said = afterLast(final, END);
  const broken = said.search(BEGINNING); // a thought that broke off
  return broken < 0 ? said : said.slice(0, broken);
}

/** What follows the last mark; the whole text where there is none. */
function afterLast(text: string, mark: RegExp): string {
  let from = 0;
  for (const found of text.matchAll(mark)) from = found.index + found[0].length;
  return text.slice(from);
}

/** What the bracket at `from` and the one that closes it hold; undefined where none does. A comma in a string is the text's own. */
function outlineOf(text: string, from: number): Outline | undefined {
  const spareCommas: number[] = [];
  let [depth, inString, comma] = [0, false, NOWHERE];
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
      continue;
    }
    if (BLANKS.includes(character)) continue; // they keep no comma from its bracket
    if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      if (comma !== NOWHERE) spareCommas.push(comma);
      depth -= 1;
      if (depth === 0) return { to: at + 1, spareCommas };
    }
    comma = character === ',' ? at : NOWHERE;
  }
  return undefined;
}

/** The object at a place of a text, with commas before closing brackets or without; undefined for any other. */
function parsed(text: string, from: number, { to, spareCommas }: Outline): object | undefined {
  const cuts = [from, ...spareCommas.map((at) => at + 1)];
  try {
    return objectIn(cuts.map((cut, n) => text.slice(cut, spareCommas[n] ?? to)).join(''));
  } catch {
    return undefined; // the parser's message quotes the text
  }
}

/** @throws SyntaxError for what is no JSON */
function objectIn(json: string): object | undefined {
  const value = foreignJson(json);
  return typeof value === 'object' && value !== null ? value : undefined;
}

/** A number of the question, or an id in capitals: models that know a point by its name write that. */
export type Reference = number | string;

/** A model's answer, understood and not yet judged: references alone, no text and no figure. */
export interface Answer {
  /** Dishes of breakfast, lunch and dinner. */
  readonly meals: readonly [breakfast: readonly Reference[], lunch: readonly Reference[], dinner: readonly Reference[]];
  /** Points with their arguments, the first to be said first. */
  readonly points: readonly (readonly Reference[])[];
}

/** What is wrong with words that are no answer, with its place. */
export interface Malformed {
  readonly wrong: string;
}

/** Longest answer that is read, in characters: many times what a good one takes, thoughts before it included. */
const MAX_ANSWER = 100_000;
/** Dishes of a meal and points beyond which nothing more is learnt from an answer. */
const MAX_LISTED = 40;

const reference = z.union([z.int(), z.string().trim().min(1).max(60).transform(asReference)]);
const point = z.union([reference.transform((each) => [each]), z.array(reference).min(1).max(3)]);
const meal = z.array(reference).max(MAX_LISTED);
const SHAPE = z.object({ b: meal, l: meal, d: meal, p: z.array(point).max(MAX_LISTED) });

/**
 * Reads an answer out of a model's words: the one JSON object in them that has the shape, whatever thoughts, channels, fences or notes stand around it. Two that differ are no answer: which of
 * them was meant would be a guess.
 */
export function readAnswer(text: string): Answer | Malformed {
  if (text.length > MAX_ANSWER) return { wrong: `more than ${MAX_ANSWER} characters` };
  const objects = jsonObjectsIn(text);
  const read = objects.map((object) => SHAPE.safeParse(inSmallLetters(object)));
  const answers = new Map(read.flatMap(({ success, data }) => (success ? [[JSON.stringify(data), data] as const] : [])));
  const [answer] = answers.values();
  if (answer === undefined) return { wrong: placeOf(read[0]?.error) };
  if (answers.size > 1) return { wrong: 'two answers that differ' };
  return { meals: [answer.b, answer.l, answer.d], points: answer.p };
}

function asReference(text: string): Reference {
  if (/^\d{1,6}$/u.test(text)) return Number(text);
  // Letters of other scripts that become ours as capitals (\u017Fwap, \u0131bs-0001) stay what they are: no id.
  return /^[ -~]*$/u.test(text) ? text.toUpperCase() : text;
}

/** The names of an object's members in small letters; an empty object where two of them differ by that alone: which of them was meant would be a guess. */
function inSmallLetters(object: object): object {
  const members = Object.entries(object).map(([name, value]) => [name.toLowerCase(), value as unknown] as const);
  return new Set(members.map(([name]) => name)).size < members.length ? {} : Object.fromEntries(members);
}

/** Where an object leaves the shape, as `l[2]`. What stands there is the model's, and may be anything. */
function placeOf(error: z.ZodError | undefined): string {
  const path = error?.issues[0]?.path ?? [];
  return path.reduce<string>((place, key) => (typeof key === 'number' ? `${place}[${key}]` : String(key)), 'JSON');
}

const NUMBER = { type: 'integer', maximum: 99 };
const list = (items: object, maxItems: number): object => ({ type: 'array', items, maxItems });

/**
 * The shape as a JSON schema, for endpoints that hold a model to one: the same for every patient, so that it is part of what endpoints keep. Bounded, so that no answer goes on and on.
 */
export const RESPONSE_FORMAT = {
  type: 'json_schema',
  json_schema: {
    name: 'choice',
    strict: true,
    schema: {
      type: 'object',
      properties: { b: list(NUMBER, 6), l: list(NUMBER, 6), d: list(NUMBER, 6), p: list(list(NUMBER, 3), 8) },
      required: ['b', 'l', 'd', 'p'],
      additionalProperties: false,
    },
  },
} as const;
