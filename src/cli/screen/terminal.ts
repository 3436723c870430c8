/** What a terminal obeys instead of showing it, or draws in another order or not at all: controls of C0 and C1, marks of direction, breaks of lines, what has no width. */
const UNSEEN = /\u001B\[(?:2|22|3[1-36]|39)m|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Of these, what lines and words are made of: a break, a tabulator, and the joiners of emoji and of some scripts. */
const NEEDED = new Set(['\n', '\t', '\u200C', '\u200D']);

/**
 * A text as it may stand on a terminal. Everything that this program shows goes through here, so no text of a file, a database, a model or another program can
 * move the cursor, hide a line, answer for the terminal or turn words around: what would do so is shown as JSON writes it, `\u009b`, and a line of JSON
 * stays the same JSON. Colours of our own pass. A foreign text could take one of them, and nothing more.
 */
export function shown(text: string): string {
  return text.replace(UNSEEN, (found) => (NEEDED.has(found) || found.length > 2 ? found : escaped(found)));
}

function escaped(found: string): string {
  return Array.from({ length: found.length }, (_, at) => `\\u${found.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
}

/** Writes a text on stdout. */
export function toStdout(text: string): void {
  process.stdout.write(shown(text));
}

/** Writes a text on stderr. */
export function toStderr(text: string): void {
  process.stderr.write(shown(text));
}
