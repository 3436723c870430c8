import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream';
import { sentencesOf } from '../../domain/said.js';
import { ToldError } from '../../domain/told-error.js';
import { HEADER, LAST_LINE, type Manifest } from './archive-format.js';
import { Content, isSame } from './content.js';

/** What is found amiss in an archive. In Korean: `data/codes`, group `Archive`. */
export const DAMAGES = sentencesOf('Archive', {
  NO_HEADER: 'its first line is not that of an archive of the log',
  NO_LAST_LINE: 'its last line is no manifest: it was cut off, or something was added to it',
  OTHER_CONTENT: 'it does not hold what its manifest says: {fields}',
  NO_MANIFEST: 'it has no manifest',
  LINE_TOO_LONG: 'a line of it is longer than any event',
  NOT_UNPACKED: 'it cannot be unpacked ({code})',
  NO_LINE_END: 'its last line has no end',
  NO_EVENT: 'a line of it is no event',
});
const { tell } = DAMAGES;

/** An archive does not hold what it says. The message says what was found, never an event. */
export class ArchiveDamaged extends ToldError {
  override readonly name = 'ArchiveDamaged';
}

/** What is given of an archive: each event's line, and its manifest once everything before it was found to be as it says. */
export type ArchivePart = { readonly line: string } | { readonly manifest: Manifest };

/** Longest line that is read: an event of a run of ten million users has some megabytes. More is no archive of ours. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/**
 * Reads an archive from its first line to its last, which is checked. @throws ArchiveDamaged for a file that is none, is cut off, or was changed; what was
 * given before is not to be relied on then
 */
export async function* readArchive(path: string): AsyncGenerator<ArchivePart> {
  const lines = linesOf(path);
  const first = await lines.next();
  const header = first.done === true ? undefined : HEADER.safeParse(parsed(first.value)).data;
  if (first.done === true || header === undefined) throw new ArchiveDamaged(tell('NO_HEADER'));
  const content = new Content(header.month);
  content.header(first.value);
  // One line is held back: the last one is the manifest.
  let before: string | undefined;
  for await (const line of lines) {
    if (before !== undefined) {
      content.add({ line: before, position: positionOf(before) });
      yield { line: before };
    }
    before = line;
  }
  const told = before === undefined ? undefined : LAST_LINE.safeParse(parsed(before)).data?.manifest;
  if (told === undefined) throw new ArchiveDamaged(tell('NO_LAST_LINE'));
  const found = content.manifest();
  if (!isSame(told, found)) {
    const differing = (Object.keys(told) as (keyof Manifest)[]).filter((key) => told[key] !== found[key]);
    throw new ArchiveDamaged(tell('OTHER_CONTENT', { fields: differing }));
  }
  yield { manifest: told };
}

/** What an archive holds, every line of it looked at. @throws ArchiveDamaged */
export async function verifyArchive(path: string): Promise<Manifest> {
  for await (const part of readArchive(path)) {
    if ('manifest' in part) return part.manifest;
  }
  throw new ArchiveDamaged(tell('NO_MANIFEST'));
}

async function* linesOf(path: string): AsyncGenerator<string, void, void> {
  const bytes = createReadStream(path);
  await opened(bytes);
  const text = pipeline(bytes, createGunzip(), () => undefined); // the reader below gets the error
  text.setEncoding('utf8');
  let rest = '';
  try {
    for await (const chunk of text as AsyncIterable<string>) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MOST_CHARACTERS) throw new ArchiveDamaged(tell('LINE_TOO_LONG'));
      yield* lines;
    }
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('Z_'))
      throw new ArchiveDamaged(tell('NOT_UNPACKED', { code: String((error as { code?: unknown }).code) }), { cause: error });
    throw error;
  }
  if (rest !== '') throw new ArchiveDamaged(tell('NO_LINE_END'));
}

/** A file that is not there, or is not to be read, is no damaged one. */
function opened(bytes: ReturnType<typeof createReadStream>): Promise<void> {
  return new Promise((resolve, reject) => bytes.once('open', () => resolve()).once('error', reject));
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function positionOf(line: string): number {
  const { position } = (parsed(line) ?? {}) as { position?: unknown };
  if (typeof position !== 'number') throw new ArchiveDamaged(tell('NO_EVENT'));
  return position;
}
