import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { MongoClient } from 'mongodb';
import type { Needles } from './walk-batch.js';

/** Which needles a text holds, in any of the forms in which a log, an address, a mail or a cursor may write them. */
export function needlesIn(text: string, needles: Needles): string[] {
  const readable = `${text}\n${decoded(text)}`;
  return Object.entries(needles).flatMap(([what, needle]) =>
    formsOf(String(needle)).some((form) => readable.includes(form)) ? [what] : [],
  );
}

function formsOf(needle: string): string[] {
  const escaped = Array.from(needle, (letter) =>
    letter < '\u007f' ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ).join('');
  return [...new Set([needle, escaped, encodeURIComponent(needle)])];
}

/** What a text has in Base64, as mails and cursors do, line by line and as one, and in the quoted letters of a mail. */
function decoded(text: string): string {
  const coded = text.match(/[A-Za-z0-9+/_-]{16,}={0,2}/gu) ?? [];
  const whole = text.match(/(?:[A-Za-z0-9+/]{16,}\r?\n)+[A-Za-z0-9+/]*={0,2}/gu) ?? [];
  const quoted = text.replaceAll(/=\r?\n/gu, '').match(/(?:=[0-9A-F]{2})+/gu) ?? [];
  return [
    ...[...coded, ...whole].map((each) => Buffer.from(each, 'base64').toString()),
    ...quoted.map((each) => Buffer.from(each.replaceAll('=', ''), 'hex').toString()),
  ].join('\n');
}

/** What stands in many texts, by where they come from. @returns `place: needle`, in order */
export function textsHolding(texts: Readonly<Record<string, string | readonly string[]>>, needles: Needles): string[] {
  return Object.entries(texts)
    .flatMap(([place, text]) => needlesIn([text].flat().join('\n'), needles).map((what) => `${place}: ${what}`))
    .toSorted();
}

/** Every file of a folder, what is compressed laid open; sockets hold nothing. @returns the content by the path within it */
export function filesOf(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(paths.map((path) => [path, opened(readFileSync(join(folder, path)))]));
}

function opened(content: Buffer): string {
  return (content[0] === 0x1f && content[1] === 0x8b ? gunzipSync(content) : content).toString();
}

/** Every document of every collection of a MongoDB's database, as JSON, by the collection. */
export async function collectionsOf(url: string): Promise<Readonly<Record<string, string>>> {
  const client = new MongoClient(url);
  try {
    const database = client.db();
    const names = (await database.listCollections().toArray()).map(({ name }) => name);
    const found = names.map(async (name) => [name, JSON.stringify(await database.collection(name).find().toArray())] as const);
    return Object.fromEntries(await Promise.all(found));
  } finally {
    await client.close();
  }
}
