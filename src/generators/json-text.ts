import type { JsonText } from '../application/ports.js';

/** Texts kept; beyond that the memory is begun anew, so that a table of any size cannot fill it. */
const KEPT = 100_000;

/** Food names are written tens of times for each user: remembers each one's JSON. */
const known = new Map<string, JsonText>();

/** A text as JSON. */
export function jsonOf(text: string): JsonText {
  let json = known.get(text);
  if (json === undefined) {
    if (known.size >= KEPT) known.clear();
    json = JSON.stringify(text);
    known.set(text, json);
  }
  return json;
}

/** A list of texts as a JSON array. */
export function jsonList(texts: readonly string[]): JsonText {
  let json = '[';
  for (let at = 0; at < texts.length; at += 1) json += at === 0 ? jsonOf(texts[at] as string) : `,${jsonOf(texts[at] as string)}`;
  return `${json}]`;
}
