/** Where thoughts begin and end, as the templates of models mark them. What stands before the last end is thought, wherever it began: some templates take the beginning away. */
const BEGINNING = /<(?:think|thinking|thought|reasoning)>|\[THINK\]|◁think▷/giu;
const END = /<\/(?:think|thinking|thought|reasoning)>|\[\/THINK\]|◁\/think▷/giu;
/** A channel of a model that speaks in several, and the one that holds its answer. */
const CHANNEL = /<\|channel\|>/gu;
const FINAL_CHANNEL = /<\|channel\|>\s{0,9}final(?:\s{0,9}<\|constrain\|>\w{1,20})?\s{0,9}<\|message\|>/gu;
/** Brackets of one answer that are tried as the beginning of an object. */
const MOST_TRIES = 20;

/** The outermost JSON objects in a model's words, without those in its thoughts. A comma before a closing bracket is passed over; nothing else is mended. */
export function jsonObjectsIn(text: string): object[] {
  const said = saidIn(text);
  const found: object[] = [];
  let tries = 0;
  for (let from = said.indexOf('{'); from >= 0 && tries < MOST_TRIES; tries += 1) {
    const to = endOfObject(said, from);
    if (to < 0) break;
    const object = parsed(said.slice(from, to));
    if (object !== undefined) found.push(object);
    from = said.indexOf('{', object === undefined ? from + 1 : to);
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

/** The place after the bracket that closes the one at `from`; -1 where none does. */
function endOfObject(text: string, from: number): number {
  let [depth, inString] = [0, false];
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** The object that a text is, with commas before closing brackets or without; undefined for any other. */
function parsed(text: string): object | undefined {
  for (const form of [text, withoutTrailingCommas(text)]) {
    try {
      const value: unknown = JSON.parse(form);
      if (typeof value === 'object' && value !== null) return value;
    } catch {
      // the parser's message quotes the text
    }
  }
  return undefined;
}

/** Strings are passed over whole: a comma in one is the text's own. */
function withoutTrailingCommas(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/gu, (_, string: string | undefined) => string ?? '');
}
