import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { ROOT } from './markdown.js';

/** State that a module keeps and that is no cache, and why it is no object's. */
const KEPT: Readonly<Record<string, string>> = {
  'cli/main.ts exitCode': 'a process has one exit code',
  'cli/service/log-sink.ts sinks': 'a process ends once, and what waits has its last chance then',
  'cli/shell/interruption.ts isForGood': 'a process is interrupted once, by a signal that it has one of',
  'cli/words/language.ts spoken': 'a command speaks one language, and every sentence of it asks which',
  'config/config-words.ts SAID': 'filled while modules are loaded, and never after',
  'database/governed-pool.ts roundBegan': 'a process has one thread to take turns on',
  'database/governed-pool.ts waiting': 'a process has one thread to take turns on',
  'database/held-connections.ts held': 'who waits in line waits for what another operation of the process waits for',
  'database/pool.ts connected': 'what is known of a pool goes with it',
  'database/statement-owner.ts statementOwner': 'follows a request through what is awaited',
  'domain/said.ts IN_SOURCE': 'filled while modules are loaded, and never after',
  'local-model/batch-words.ts made': 'ids of a process are told apart by their number',
  'base/tracing.ts tracer': 'set once at the start: tracing is of the process, not of a caller',
};

/** Names of what a module can change after it was loaded, and that no comment above calls a cache. */
function stateOf(source: string): string[] {
  const lines = source.split('\n');
  return lines.flatMap((line, at) => {
    const [, name] =
      /^(?:export )?let (\w+)/.exec(line) ??
      /^(?:export )?const (\w+)(?:: (?!Readonly)[^=]+)? = new (?:Map|Set)(?:<.*>)?\(\);/.exec(line) ??
      /^(?:export )?const (\w+)(?:: [^=]+)? = new (?:Weak(?:Map|Set)|AsyncLocalStorage)\b/.exec(line) ??
      /^(?:export )?const (\w+): (?!readonly).+\[\] = \[\];/.exec(line) ??
      [];
    if (name === undefined) return [];
    let from = at;
    while (from > 0 && /^(\/\*\*|\/\/| \*)/.test(lines[from - 1] ?? '')) from -= 1;
    return /\bcache\b/i.test(lines.slice(from, at).join('\n')) ? [] : [name];
  });
}

it('What a module can change after it was loaded is a cache that says so, or is listed here with a reason', () => {
  const files = readdirSync(new URL('src/', ROOT), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const found = files.flatMap((name) => stateOf(readFileSync(new URL(`src/${name}`, ROOT), 'utf8')).map((state) => `${name} ${state}`));
  expect(found.filter((each) => !Object.hasOwn(KEPT, each))).toEqual([]);
  expect(found.length).toBeGreaterThan(10);
});

describe('A line that keeps state', () => {
  it.each([
    ['let made = 0;'],
    ['export let made: number | undefined;'],
    ['const known = new Map<string, number>();'],
    ['const known: Map<string, number> = new Map();'],
    ['/** By pool. */\nconst known = new WeakMap<Pool, Set<Client>>();'],
    ['const known: (() => void)[] = [];'],
  ])('is found: %s', (source) => {
    expect(stateOf(source)).toHaveLength(1);
  });

  it.each([
    ['/** A cache: a file does not change. */\nconst known = new Map<string, number>();'],
    ['const KNOWN: ReadonlyMap<string, number> = new Map();'],
    ["const KNOWN = new Set(['a']);"],
    ['  let made = 0;'],
  ])('is none where nothing is kept, or the comment calls it a cache: %s', (source) => {
    expect(stateOf(source)).toEqual([]);
  });
});
