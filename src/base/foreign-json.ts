/** Levels of lists and objects that JSON of a stranger may have: what is asked for or answered has ten at the most. */
export const MAX_DEPTH = 64;

const BYTE_ORDER_MARK = '\uFEFF';
const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * Reads JSON that a stranger wrote, in place of `JSON.parse`, which takes any depth: whatever walks or writes such a value again then overflows its stack, and that
 * is an error of ours. A byte order mark before it is passed over, as RFC 8259 allows. @throws SyntaxError for what is no JSON, or lies deeper than `MAX_DEPTH`; its
 * message may quote the text
 */
export function foreignJson(marked: string): unknown {
  const text = marked.startsWith(BYTE_ORDER_MARK) ? marked.slice(BYTE_ORDER_MARK.length) : marked;
  if (isTooDeep(text)) throw new SyntaxError(`more than ${MAX_DEPTH} levels of lists and objects`);
  return JSON.parse(text) as unknown;
}

/** Whether a value that was JSON has more levels than are read. */
export function isNestedTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}

/** Whether a text that may be JSON has more levels than are read. */
function isTooDeep(text: string): boolean {
  let [depth, inString] = [0, false];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) inString = !inString;
    else if (inString) at += Number(unit === BACKSLASH);
    else if (OPENING.has(unit)) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (CLOSING.has(unit)) depth -= 1;
  }
  return false;
}
