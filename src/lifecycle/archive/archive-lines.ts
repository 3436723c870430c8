import { createGunzip } from 'node:zlib';
import { pipeline } from 'node:stream';
import { sentencesOf } from '../../domain/said.js';
import { ToldError } from '../../domain/told-error.js';
import { codeOf } from '../../base/error-code.js';
import { NoRegularFile, openRegularFile } from '../../base/regular-file.js';

/** What is found amiss in an archive. In Korean: `data/codes`, group `Archive`. */
export const DAMAGES = sentencesOf('Archive', {
  NO_FILE: 'it is a folder, a pipe or a device, and no file',
  NO_HEADER: 'its first line is not that of an archive of the log',
  NO_LAST_LINE: 'its last line is no manifest: it was cut off, or something was added to it',
  OTHER_CONTENT: 'it does not hold what its manifest says: {fields}',
  NO_MANIFEST: 'it has no manifest',
  LINE_TOO_LONG: 'a line of it is longer than any event',
  NOT_UNPACKED: 'it cannot be unpacked ({code})',
  NO_LINE_END: 'its last line has no end',
  NO_EVENT: 'a line of it is no event',
  NO_LINK: 'a line of it is no link of the chain',
  CHAIN_BROKEN: 'its events do not fit the chain that they were appended with: {stream}, versions {from} to {to}, and {more} more',
});

/** An archive does not hold what it says. The message says what was found, never an event. */
export class ArchiveDamaged extends ToldError {
  override readonly name = 'ArchiveDamaged';
}

/** Longest line that is read: an event of a run of ten million users has some megabytes. More is no archive of ours. */
const MAX_CHARACTERS = 64 * 1024 * 1024;

/** How an archive is read. */
export interface Reading {
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** Default 64 Mi. */
  readonly mostCharacters?: number;
}

/**
 * The lines of a packed file, each looked at once however long it is: what is unpacked may be a thousand times what was packed. @throws ArchiveDamaged for what
 * cannot be unpacked, has a line without an end or is no file; the signal's reason
 */
export async function* archiveLines(
  path: string,
  { signal, mostCharacters = MAX_CHARACTERS }: Reading,
): AsyncGenerator<string, void, void> {
  const text = await unpacked(path);
  let pieces: string[] = [];
  let length = 0;
  try {
    for await (const chunk of text) {
      signal?.throwIfAborted();
      let from = 0;
      for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
        pieces.push(chunk.slice(from, end));
        yield pieces.join('');
        [pieces, length, from] = [[], 0, end + 1];
      }
      length += chunk.length - from;
      if (length > mostCharacters) throw new ArchiveDamaged(DAMAGES.tell('LINE_TOO_LONG'));
      pieces.push(chunk.slice(from));
    }
  } catch (error) {
    if (codeOf(error).startsWith('Z_')) throw new ArchiveDamaged(DAMAGES.tell('NOT_UNPACKED', { code: codeOf(error) }), { cause: error });
    throw error;
  }
  if (length > 0) throw new ArchiveDamaged(DAMAGES.tell('NO_LINE_END'));
}

async function unpacked(path: string): Promise<AsyncIterable<string>> {
  try {
    const file = await openRegularFile(path);
    const text = pipeline(file.createReadStream(), createGunzip(), () => undefined); // the reader gets the error
    return text.setEncoding('utf8') as AsyncIterable<string>;
  } catch (error) {
    if (error instanceof NoRegularFile) throw new ArchiveDamaged(DAMAGES.tell('NO_FILE'), { cause: error });
    throw error;
  }
}
