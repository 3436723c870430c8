import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstat, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { archiveRead } from '../../src/cli/archive/archive.js';
import { DARK } from '../../src/cli/screen/screen.js';
import { makeShell } from '../../src/cli/shell/shell.js';
import { readRegularFile } from '../../src/base/regular-file.js';
import { archiveLines, type Reading } from '../../src/lifecycle/archive/archive-lines.js';
import { chainedLine } from '../../src/eventlog/chain-line.js';
import type { EventLine, LinkLine } from '../../src/lifecycle/archive/content.js';
import { verifyArchive } from '../../src/lifecycle/archive/read-archive.js';
import { writeBeside } from '../../src/lifecycle/archive/write-archive.js';

const MIB = 1024 * 1024;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hostile-archives-'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
});
afterAll(() => rm(folder, { recursive: true }));

async function packed(text: string): Promise<string> {
  const path = join(folder, 'packed');
  await writeFile(path, gzipSync(text));
  return path;
}

async function lengths(path: string, reading: Reading = {}): Promise<number[]> {
  const found: number[] = [];
  for await (const line of archiveLines(path, reading)) found.push(line.length);
  return found;
}

describe('what an operator names, and is no file', () => {
  // A pipe without a writer is waited for in a thread that no signal ends.
  const things: readonly [string, () => string][] = [
    ['a pipe', () => join(folder, 'pipe')],
    ['a folder', () => folder],
    ['a device without an end', () => '/dev/zero'],
  ];

  it.each(things)('%s is a damaged archive at once', async (_what, path) => {
    await expect(verifyArchive(path())).rejects.toMatchObject({ name: 'ArchiveDamaged', message: expect.stringContaining('no file') });
  });

  it.each(things)('%s is refused where a small file is read whole, such as .env or a certificate', (_what, path) => {
    expect(() => readRegularFile(path())).toThrow(expect.objectContaining({ code: 'ENOTFILE' }));
  });
});

/** ms that a busy machine takes at most for what takes a second on a quiet one. */
const AT_ONCE_MS = 120_000;

// As an automount is that does not know the name, when the archive's machine has gone: Node asks such a folder for ever.
(process.platform === 'linux' ? it : it.skip)(
  'a folder in which none can be made is told at once (not measured without /proc)',
  async () => {
    await expect(writeBeside('/proc/archives/2026/events.ndjson.gz', '2026-01', ofOneEvent())).rejects.toMatchObject({
      code: 'ENOENT',
      path: '/proc/archives',
    });
  },
);

describe('an archive that unpacks to far more than it is', () => {
  it(
    'has each character of a long line looked at once',
    async () => {
      expect(await lengths(await packed(`${'a'.repeat(60 * MIB)}\nb\n`))).toEqual([60 * MIB, 1]);
    },
    AT_ONCE_MS,
  ); // looking at the beginning of the line again with each piece of it takes minutes

  it.each([
    ['at its end', `x\n${'a'.repeat(3 * MIB)}`],
    ['as its first line', 'a'.repeat(3 * MIB)],
    ['before others', `${'a'.repeat(3 * MIB)}\nx\n`],
  ])('is given up at a line that is longer than any, %s', async (_where, text) => {
    await expect(lengths(await packed(text), { mostCharacters: MIB })).rejects.toMatchObject({ said: { code: 'LINE_TOO_LONG' } });
  });

  it('is let be as soon as its reader is asked to end', async () => {
    const asked = new AbortController();
    const lines = archiveLines(await packed('{"position":1}\n'.repeat(200_000)), { signal: asked.signal });
    await lines.next();
    asked.abort();
    let more = 0;
    await expect((async () => { for await (const _ of lines) more += 1; })()).rejects.toMatchObject({ name: 'AbortError' }); // prettier-ignore
    expect(more).toBeLessThan(20_000);
  });
});

const EVENT = `{"position":7,"xid":"9","stream":"run-a","version":1,"type":"RunStarted","run_id":null,"run_month":"2026-01-01","user_id":null,"data":{},"actor":"test","correlation_id":"01890a5d-ac96-774b-bcce-b302099a8057","causation_id":null,"recorded_at":"2026-01-01T00:00:00+00:00"}`;
const HASH = createHash('sha256')
  .update(`\n${chainedLine(EVENT)?.text}`)
  .digest('hex');

async function* ofOneEvent(): AsyncGenerator<EventLine | LinkLine> {
  yield await Promise.resolve({ line: `["2026-01-01", "run-a", 1, 1, "${HASH}"]`, position: null });
  yield { line: EVENT, position: 7 };
}

const linkOver = (stream: string, from: number, to: number | string): string => `["2026-01-01", ${stream}, ${from}, ${to}, "${HASH}"]`;

describe('an archive with a link that no append can have left', () => {
  // Its sums are those of what it holds: a stranger who writes an archive writes them as well.
  it.each([
    ['ends before it begins', linkOver('"run-a"', 2, 1)],
    ['begins before the first version', linkOver('"run-a"', 0, 1)],
    ['ends at a version beyond all numbers', linkOver('"run-a"', 1, '9'.repeat(30))],
    ['names its stream with an escape that JSON has not', linkOver(String.raw`"run-\x61"`, 1, 1)],
  ])('is damaged: one that %s', async (_what, line) => {
    const lines = (async function* (): AsyncGenerator<EventLine | LinkLine> {
      yield await Promise.resolve({ line, position: null });
      yield { line: EVENT, position: 7 };
    })();
    const { beside } = await writeBeside(join(folder, 'odd-links'), '2026-01-01', lines);
    await expect(verifyArchive(beside)).rejects.toMatchObject({ name: 'ArchiveDamaged', said: { code: 'NO_LINK' } });
  });
});

describe('where an archive is to be written', () => {
  const month = '2026-01-01';

  it.each([
    ['a link to a file of another', async (path: string) => symlink(join(folder, 'of-another'), path)],
    ['a link that leads nowhere', async (path: string) => symlink(join(folder, 'nowhere'), path)],
    ['a pipe', async (path: string) => void execFileSync('mkfifo', [path])],
    ['a file that everybody may read', async (path: string) => writeFile(path, 'x', { mode: 0o644 })],
  ])('%s is replaced, and never written through', async (what, lay) => {
    await writeFile(join(folder, 'of-another'), 'untouched');
    const path = join(folder, what.replaceAll(' ', '-'));
    await lay(`${path}.part`);
    const { beside, held } = await writeBeside(path, month, ofOneEvent());
    expect(await verifyArchive(beside)).toEqual(held);
    const { mode } = await lstat(beside);
    expect((mode & 0o777).toString(8)).toBe('600');
    expect((await lstat(beside)).isFile()).toBe(true);
    expect(await readFile(join(folder, 'of-another'), 'utf8')).toBe('untouched');
  });
});

/** What `archive read` writes of a file with one event, whose stream has a name that no terminal may obey. */
async function readOf(stream: string, json: boolean): Promise<string> {
  const event = EVENT.replace('run-a', stream);
  const hash = createHash('sha256')
    .update(`\n${chainedLine(event)?.text}`)
    .digest('hex');
  const link = { line: `["2026-01-01", ${JSON.stringify(stream)}, 1, 1, "${hash}"]`, position: null };
  const lines = (async function* (): AsyncGenerator<EventLine | LinkLine> {
    yield await Promise.resolve(link);
    yield { line: event, position: 7 };
  })();
  const { beside } = await writeBeside(join(folder, 'hostile-names'), '2026-01-01', lines);
  let text = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((part) => ((text += String(part)), true));
  const shell = makeShell({ config: {} as never, json, screen: DARK, signal: new AbortController().signal });
  await archiveRead(shell, beside, {});
  jest.restoreAllMocks();
  return text;
}

describe('what an archive says', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([false, true])('does nothing to the terminal, as a result and as JSON: %j', async (json) => {
    const stream = 'run-\u009B2J\u202Ea';
    const text = await readOf(stream, json);
    expect(text.trimEnd()).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(JSON.parse(text)).toMatchObject({ stream });
  });
});
