import { readdirSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { openScreen } from '../../src/cli/screen/screen.js';
import { shown } from '../../src/cli/screen/terminal.js';
import { makeShell } from '../../src/cli/shell/shell.js';

/** Of foreign texts: what they do to a terminal, and what they are. */
const HOSTILE: readonly [string, string][] = [
  ['moves the cursor', '\u001B[2A'],
  ['does so by one character of C1', '\u009B2A'],
  ['sets the title of the window', '\u001B]0;title\u0007'],
  ['does so by C1', '\u009D0;title\u009C'],
  ['asks the terminal for an answer', '\u001B[6n'],
  ['hides what follows', '\u001B[8m'],
  ['writes over the line', 'all is well\rdamaged'],
  ['erases what was said', 'damaged\u0008\u0008\u0008\u007F'],
  ['turns words around', 'user \u202E93\u202C'],
  ['does so by an isolate', '\u2067abc\u2069'],
  ['does so by a mark', '\u200F\u061C'],
  ['breaks a line of its own', 'one\u2028two\u2029three\u0085four'],
  ['hides characters', 'night\u200Bly\uFEFF\u2060'],
  ['carries hidden text', `a${String.fromCodePoint(0xe0041)}b`],
  ['is half a character', '\uD83D'],
];

/** What terminals obey, or do not show. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

afterEach(() => {
  jest.restoreAllMocks();
});

/** Everything that a command writes while it works. */
function written(work: () => void): string {
  let text = '';
  const take = (part: string | Uint8Array): boolean => ((text += String(part)), true);
  jest.spyOn(process.stdout, 'write').mockImplementation(take);
  jest.spyOn(process.stderr, 'write').mockImplementation(take);
  work();
  jest.restoreAllMocks();
  return text;
}

const shellOf = (json: boolean) => makeShell({ config: {} as never, json, screen: openScreen({ lines: process.stderr, bars: process.stderr }), signal: new AbortController().signal }); // prettier-ignore

describe('a foreign text that', () => {
  it.each(HOSTILE)('%s is shown as it is written in JSON, in a line of a result, in a note and in a label', (_what, text) => {
    for (const work of [() => shellOf(false).print(text), () => shellOf(false).screen.say(text)]) {
      const line = written(work);
      expect(line.endsWith('\n')).toBe(true);
      expect(OBEYED.test(line.slice(0, -1))).toBe(false);
      expect(JSON.parse(`"${line.slice(0, -1)}"`)).toBe(text);
    }
    const stream = new PassThrough();
    const bar = openScreen({ lines: stream, bars: stream }).startBar(text);
    bar.update({ done: 1, total: 1, perSecond: null, secondsLeft: null });
    expect(OBEYED.test(String(stream.read()).trimEnd())).toBe(false);
  });

  it.each(HOSTILE)('%s leaves a document of JSON what it was', (_what, text) => {
    const line = written(() => shellOf(true).printJson({ text, list: [text] }));
    expect(OBEYED.test(line.slice(0, -1))).toBe(false);
    expect(JSON.parse(line)).toEqual({ text, list: [text] });
  });
});

describe('a text of our own', () => {
  it.each([
    'two\nlines\tand a tabulator',
    '일일 중재 권고사항 생성, 매일 09:00',
    '👩‍⚕️ 🇰🇷 e\u0301',
    styleText('cyan', 'http://localhost:4000', { validateStream: false }),
    styleText('red', 'problem', { validateStream: false }),
    styleText('dim', '─', { validateStream: false }),
  ])('stays what it is: %j', (text) => {
    expect(shown(text)).toBe(text);
  });
});

describe('one function stands before the terminal:', () => {
  const SOURCES = join(import.meta.dirname, '../../src');
  const WRITES = /process\.std(?:out|err)\.write\((?!'',)|console\.(?:log|error|warn|info|table)\(/;

  it('no other file of the program writes to stdout or stderr', () => {
    const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const writers = files.filter((name) => WRITES.test(readFileSync(join(SOURCES, name), 'utf8')));
    expect(writers).toEqual([join('cli', 'screen', 'terminal.ts')]);
  });

  it('it would be noticed', () => {
    for (const text of ['process.stdout.write(line)', 'process.stderr.write(`${line}`)', 'console.error(error)'])
      expect(WRITES.test(text)).toBe(true);
  });
});
