import type { ChatRequest } from './chat-request.js';

/** What the local model answers with: numbers as the prompt asks for them; a test may put anything else in. */
export interface LocalAnswer {
  b: number[];
  l: number[];
  d: number[];
  p: number[][];
}

/** Points that a sound answer chooses, as the prompt asks for. */
const POINTS = 8;

/**
 * An answer that keeps to everything the prompt asks for: dishes of its lists, as many as it wants, with one of protein and one of vegetables first, and points that are true of them. The same prompt and seed give the same answer.
 */
export function soundAnswer({ messages, seed = 0 }: ChatRequest): LocalAnswer {
  const lines = (messages.find(({ role }) => role === 'user')?.content ?? '').split('\n');
  const [b = [], l = [], d = []] = ['b', 'l', 'd'].map((key) =>
    mealOf(lines.find((line) => new RegExp(`^${key} \\d+:`, 'u').test(line)) ?? '', seed),
  );
  const chosen = new Set([...b, ...l, ...d]);
  const aboutDishes = new Set([...(messages[0]?.content ?? '').matchAll(/^(\d+)e?d /gmu)].map(([, number]) => Number(number)));
  const listed = (lines.find((line) => line.startsWith('p: ')) ?? '').matchAll(/\[([\d,|]+)\]/gu);
  const options = [...listed].flatMap(([, option = '']) => pointOf(option.split(','), aboutDishes, chosen));
  return { b, l, d, p: turned(options, seed).slice(0, POINTS) };
}

interface ListedDish {
  readonly number: number;
  /** `*`, `+`, both or neither. */
  readonly marks: string;
}

/** Dishes of a line such as `l 6: 12감자밥/13두부조림*`: one of each kind, one marked as protein and one as vegetables where there are such, then others. */
function mealOf(line: string, seed: number): number[] {
  const [, count = '0', list = ''] = /^[bld] (\d+): (.*)$/u.exec(line) ?? [];
  const kinds = list.split('/').map((kind) => turned([...kind.matchAll(/(\d+)[^\d,*+]+([*+]*)/gu)].map(([, number, marks = '']): ListedDish => ({ number: Number(number), marks })), seed)); // prettier-ignore
  const chosen: ListedDish[] = [];
  const lacks = ({ marks }: ListedDish): boolean => marks.split('').some((mark) => chosen.every((dish) => !dish.marks.includes(mark)));
  const take = (dish: ListedDish | undefined): void => {
    if (dish !== undefined && !chosen.includes(dish)) chosen.push(dish);
  };
  const most = Number(count);
  // Where there is little room, protein and vegetables come before kinds.
  if (most <= kinds.length) for (const dish of kinds.flat()) if (lacks(dish)) take(dish);
  for (const kind of kinds.toReversed()) if (!kind.some((dish) => chosen.includes(dish))) take(kind.find(lacks) ?? kind[0]);
  for (const dish of kinds.flat()) if (chosen.length < most && lacks(dish)) take(dish);
  for (const dish of kinds.flat()) take(dish);
  return chosen.slice(0, most).map(({ number }) => number);
}

/** A point that is offered, with the first of its dishes that was chosen; none where none of them was. */
function pointOf(option: readonly string[], aboutDishes: ReadonlySet<number>, chosen: ReadonlySet<number>): number[][] {
  if (!aboutDishes.has(Number(option[0]))) return [option.map(Number)];
  const dish = option.at(-1)?.split('|').map(Number).find((number) => chosen.has(number)); // prettier-ignore
  return dish === undefined ? [] : [[...option.slice(0, -1).map(Number), dish]];
}

function turned<Each>(list: readonly Each[], seed: number): Each[] {
  const start = list.length === 0 ? 0 : seed % list.length;
  return [...list.slice(start), ...list.slice(0, start)];
}
