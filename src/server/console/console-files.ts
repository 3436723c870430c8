import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { projectFile } from '../../project-file.js';

/** Where the bootstrap puts the built console, beside `dist`'s programs. It need not be there. */
export function builtConsole(): string {
  return join(dirname(projectFile('package.json')), 'dist', 'console');
}

/** One built file, as it is sent. */
export interface ConsoleFile {
  readonly mediaType: string;
  readonly content: Buffer;
  /** Compressed when it was built; undefined for what does not become smaller. */
  readonly encoded: Readonly<Partial<Record<'br' | 'gzip', Buffer>>>;
  readonly etag: string;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** All files of a built console by their path below its folder. Rejects where there is none, or a half of one. */
export async function readConsoleFiles(folder: string): Promise<ReadonlyMap<string, ConsoleFile>> {
  const names = (await readdir(folder, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
  const own = names.filter((name) => extname(name) in MEDIA_TYPES);
  const files = new Map(await Promise.all(own.map(async (name) => [name, await readOne(folder, name, names)] as const)));
  if (!files.has('index.html')) throw new Error(`${folder} holds no index.html`);
  return files;
}

async function readOne(folder: string, name: string, names: readonly string[]): Promise<ConsoleFile> {
  const content = await readFile(join(folder, name));
  const compressed = async (suffix: string): Promise<Buffer | undefined> =>
    names.includes(name + suffix) ? readFile(join(folder, name + suffix)) : undefined;
  const [br, gzip] = await Promise.all([compressed('.br'), compressed('.gz')]);
  return {
    mediaType: MEDIA_TYPES[extname(name)] ?? 'application/octet-stream',
    content,
    encoded: { ...(br && { br }), ...(gzip && { gzip }) },
    etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
  };
}
