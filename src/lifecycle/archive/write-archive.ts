import { createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { makeFoldersMeanwhile } from '../../base/make-folders.js';
import { headerOf, type Manifest } from './archive-format.js';
import { Content, type EventLine, type LinkLine } from './content.js';

/** Characters that are packed at once: a line at a time takes several times as long. */
const AT_ONCE = 65_536;

/** Writes a month's lines into a file beside `path`, whatever a process that died has left there, and makes sure that they last. @returns what it holds, and where */
export async function writeBeside(
  path: string,
  month: string,
  parts: AsyncIterable<EventLine | LinkLine>,
  head: Manifest['head'] = null,
): Promise<{ readonly held: Manifest; readonly beside: string }> {
  const beside = `${path}.part`;
  await makeFoldersMeanwhile(dirname(path), 0o700);
  const content = new Content(month);
  let held: Manifest | undefined;
  async function* lines(): AsyncGenerator<string> {
    const header = headerOf(month);
    content.header(header);
    let text = `${header}\n`;
    for await (const part of parts) {
      content.add(part);
      text += `${part.line}\n`;
      if (text.length < AT_ONCE) continue;
      yield text;
      text = '';
    }
    held = content.manifest(head);
    yield `${text}${JSON.stringify({ manifest: held })}\n`;
  }
  // Made anew, and only where nothing stands: through a link or a pipe that is there the month would go elsewhere, or nowhere.
  await rm(beside, { force: true });
  try {
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(beside, { flags: 'wx', mode: 0o600, flush: true }));
  } catch (error) {
    await rm(beside, { force: true }).catch(() => undefined); // a part is no use, and a full disk needs the room
    throw error;
  }
  return { held: held as unknown as Manifest, beside };
}

/** Gives a file that was found good its name, for good. @returns its size */
export async function giveName(beside: string, path: string): Promise<number> {
  await rename(beside, path);
  const folder = await open(dirname(path));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
  return (await stat(path)).size;
}

/** The content that a month's lines would have in an archive. */
export async function contentOf(month: string, events: AsyncIterable<EventLine | LinkLine>): Promise<Manifest> {
  const content = new Content(month);
  content.header(headerOf(month));
  for await (const event of events) content.add(event);
  return content.manifest();
}
