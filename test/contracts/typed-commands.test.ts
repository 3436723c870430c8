import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, it } from '@jest/globals';
import { buildProgram } from '../../src/cli/program.js';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));
const FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, text: withoutComments(readFileSync(join(SRC, path), 'utf8')) }));
const PROGRAM = buildProgram(() => Promise.resolve());

/** Where a command may stand in quotes without being one: descriptions of the API, whose fields have the same names, and the SQL of views. */
const NOT_FOR_OPERATORS = /^(schema|resolvers|server\/playground|migrations)\//;

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

/** What is wrong with a command as a message names it; undefined for one that can be typed. */
function faultOf(line: string): string | undefined {
  const words = line.replaceAll(/\$\{[^}]*\}/g, 'x').split(/\s+/);
  let command: Command = PROGRAM;
  while (command.commands.length > 0 && words.length > 0) {
    const next = command.commands.find((one) => one.name() === words[0]);
    if (next === undefined) break;
    command = next;
    words.shift();
  }
  if (command === PROGRAM) return `no command ${words[0]}`;
  const unknown = words.filter(
    (word) => word.startsWith('-') && word !== '--help' && !command.options.some(({ long, short }) => long === word || short === word),
  );
  if (unknown.length > 0) return `${command.name()} has no option ${unknown.join(', ')}`;
  const values = words.filter((word) => !word.startsWith('-')).length;
  const runs = command.commands.length === 0 || command.options.length > 1;
  if (!runs) return `${command.name()} does nothing without one of its own commands`;
  return values > 0 && command.registeredArguments.length === 0 && !words.some((word) => word.startsWith('-'))
    ? `${command.name()} takes no ${words[0]}`
    : undefined;
}

const CALLS = FILES.flatMap(({ path, text }) =>
  [...text.matchAll(/\basTyped\(\s*(?:(['`])((?:\\.|(?!\1).)*)\1|([^)]*))/gs)].map(([, , line, other]) => ({ path, line, other })),
).filter(({ path }) => path !== 'base/as-typed.ts');

describe('a message that names a command', () => {
  it('names one that the program knows, with options that it has', () => {
    expect(CALLS.length).toBeGreaterThan(25);
    expect(CALLS.filter(({ line }) => line === undefined)).toEqual([]); // each stands in the source, where this test can read it
    expect(CALLS.flatMap(({ path, line = '' }) => (faultOf(line) === undefined ? [] : [`${path}: ${line}: ${faultOf(line)}`]))).toEqual([]);
  });

  it('has it from `asTyped`: nowhere else does the program’s name stand before a word, nor a command in quotes', () => {
    const named = FILES.flatMap(({ path, text }) =>
      [...text.matchAll(/ibsafe-batch(?:\.mjs)? (?:[a-z-]|\$)[^'`"]*/g)]
        .filter(({ index }) => !/(application_name|appName): ['`]$/.test(text.slice(0, index)))
        .map(([found]) => `${path}: ${found}`),
    );
    expect(named).toEqual([]);
    const commands = PROGRAM.commands.flatMap((command) => [
      command.name(),
      ...command.commands.map((one) => `${command.name()} ${one.name()}`),
    ]);
    const quoted = FILES.filter(({ path }) => !NOT_FOR_OPERATORS.test(path)).flatMap(({ path, text }) =>
      [...text.matchAll(/['`][^'`\n]*(?<!=)"([a-z]+(?: [a-z-]+)*)"/g)]
        .filter(
          ([, line = '']) => commands.some((command) => line === command || line.startsWith(`${command} `)) || line.startsWith('npm '),
        )
        .map(([, line]) => `${path}: "${line}"`),
    );
    expect(quoted).toEqual([]);
  });

  it('is found wrong by this test where the command, its option or its argument is not there', () => {
    expect(['schedule lists', 'key create --nam me', 'index', 'status now', 'bogus'].map(faultOf)).toEqual([
      'schedule does nothing without one of its own commands',
      'create has no option --nam',
      'index does nothing without one of its own commands',
      'status takes no now',
      'no command bogus',
    ]);
    expect(['resume ${runId}', 'backfill --from … --to …', 'start --role worker', 'watch'].map(faultOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
