import { HEADER, LAST_LINE, type Manifest } from './archive-format.js';
import { ArchiveDamaged, archiveLines, DAMAGES, type Reading } from './archive-lines.js';
import { ChainCheck, linkOf } from '../../eventlog/chain-check.js';
import { chainedLine } from '../../eventlog/chain-line.js';
import { Content, differingKeys } from './content.js';

/** What is given of an archive: each event's line, and its manifest once everything before it was found to be as it says. */
export type ArchivePart = { readonly line: string } | { readonly manifest: Manifest };

/**
 * Reads an archive from its first line to its last, which is checked. @throws ArchiveDamaged for a file that is none, is cut off, or was changed; what was
 * given before is not to be relied on then
 */
export async function* readArchive(path: string, reading: Reading = {}): AsyncGenerator<ArchivePart> {
  const lines = archiveLines(path, reading);
  try {
    yield* partsOf(lines);
  } finally {
    await lines.return();
  }
}

async function* partsOf(lines: AsyncGenerator<string, void, void>): AsyncGenerator<ArchivePart> {
  const first = await lines.next();
  const header = first.done === true ? undefined : HEADER.safeParse(parsed(first.value)).data;
  if (first.done === true || header === undefined) throw new ArchiveDamaged(DAMAGES.tell('NO_HEADER'));
  const content = new Content(header.month, header.format);
  const chain = header.format === 1 ? undefined : new ChainCheck();
  content.header(first.value);
  // One line is held back: the last one is the manifest.
  let before: string | undefined;
  for await (const line of lines) {
    if (before !== undefined && before.startsWith('[')) {
      content.add({ line: before, position: null });
      chain?.link(linkOf(before) ?? damaged('NO_LINK'));
    } else if (before !== undefined) {
      content.add({ line: before, position: positionOf(before) });
      chain?.event(chainedLine(before) ?? damaged('NO_EVENT'));
      yield { line: before };
    }
    before = line;
  }
  const told = before === undefined ? undefined : LAST_LINE.safeParse(parsed(before)).data?.manifest;
  if (told === undefined) throw new ArchiveDamaged(DAMAGES.tell('NO_LAST_LINE'));
  const differing = differingKeys(told, content.manifest());
  if (differing.length > 0) throw new ArchiveDamaged(DAMAGES.tell('OTHER_CONTENT', { fields: differing }));
  const [fault, ...more] = chain?.end() ?? [];
  if (fault !== undefined) {
    const { stream, from, to } = fault;
    throw new ArchiveDamaged(DAMAGES.tell('CHAIN_BROKEN', { stream, from, to, more: more.length }));
  }
  yield { manifest: told };
}

/** What an archive holds, every line of it looked at. @throws ArchiveDamaged */
export async function verifyArchive(path: string, reading: Reading = {}): Promise<Manifest> {
  for await (const part of readArchive(path, reading)) {
    if ('manifest' in part) return part.manifest;
  }
  throw new ArchiveDamaged(DAMAGES.tell('NO_MANIFEST'));
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function damaged(code: 'NO_LINK' | 'NO_EVENT'): never {
  throw new ArchiveDamaged(DAMAGES.tell(code));
}

function positionOf(line: string): number {
  const { position } = (parsed(line) ?? {}) as { position?: unknown };
  if (typeof position !== 'number') throw new ArchiveDamaged(DAMAGES.tell('NO_EVENT'));
  return position;
}
