/** What a terminal obeys instead of showing it, or draws in another order or not at all: controls of C0 and C1, marks of direction, breaks of lines, what has no width. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Of these, what lines and words are made of: a break, a tabulator, and the joiners of emoji and of some scripts. */
const NEEDED = new Set(['\n', '\t', '\u200C', '\u200D']);

/** Green, yellow, red, cyan, dim, and what ends them. */
const COLOURS = ['[32m', '[33m', '[31m', '[36m', '[39m', '[2m', '[22m'];

/**
 * A text as it may stand on a terminal. Everything that this program shows goes through here, so no text of a file, a database, a model or another program can
 * move the cursor, hide a line, answer for the terminal or turn words around: what would do so is shown as JSON writes it, `\u009b`, and a line of JSON
 * stays the same JSON. Colours of our own pass. A foreign text could take one of them, and nothing more.
 */
export function shown(text: string): string {
  return text.replace(UNSEEN, (found, at: number) => (NEEDED.has(found) || isColour(text, found, at) ? found : escaped(found)));
}

function isColour(text: string, found: string, at: number): boolean {
  return found === '\u001B' && COLOURS.some((colour) => text.startsWith(colour, at + 1));
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
