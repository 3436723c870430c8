import { z } from 'zod';
import { jsonObjectsIn } from './answer-text.js';

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
  return /^\d{1,6}$/u.test(text) ? Number(text) : text.toUpperCase();
}

/** The names of an object's members in small letters. */
function inSmallLetters(object: object): object {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name.toLowerCase(), value as unknown]));
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
