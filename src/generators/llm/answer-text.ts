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
export function jsonObjectsIn(text: string): object[] {
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
  const value: unknown = JSON.parse(json);
  return typeof value === 'object' && value !== null ? value : undefined;
}
