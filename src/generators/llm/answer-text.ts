/** What models think before they answer, as their templates mark it. */
const THOUGHTS = /<(think|thinking|thought|reasoning)>[\s\S]*?<\/\1>|\[THINK\][\s\S]*?\[\/THINK\]|◁think▷[\s\S]*?◁\/think▷/giu;
/** The end of a thought whose beginning the template took away. */
const END_OF_THOUGHT = /^[\s\S]*(?:<\/(?:think|thinking|thought|reasoning)>|\[\/THINK\]|◁\/think▷)/iu;
/** The beginning of a thought that broke off. */
const BROKEN_THOUGHT = /(?:<(?:think|thinking|thought|reasoning)>|\[THINK\]|◁think▷)[\s\S]*$/iu;
/** The last word of a model that speaks in channels; what went before it was analysis. */
const FINAL_CHANNEL = /^[\s\S]*<\|channel\|>\s*final[^<]*<\|message\|>/u;
const ANY_CHANNEL = /<\|channel\|>/u;
/** Objects in one answer beyond which it is none. */
const MOST_OBJECTS = 20;

/** The outermost JSON objects in a model's words, without those in its thoughts. A comma before a closing bracket is passed over; nothing else is mended. */
export function jsonObjectsIn(text: string): object[] {
  const said = saidIn(text);
  const found: object[] = [];
  for (let from = said.indexOf('{'); from >= 0 && found.length < MOST_OBJECTS;) {
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
  const final = text.replace(FINAL_CHANNEL, '');
  if (ANY_CHANNEL.test(final)) return ''; // channels, and none of them the last word
  return final.replace(THOUGHTS, ' ').replace(END_OF_THOUGHT, '').replace(BROKEN_THOUGHT, '');
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
