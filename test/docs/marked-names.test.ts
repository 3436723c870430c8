import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { buildSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { MEASUREMENTS } from '../../bench/modes/chosen-modes.js';
import { buildProgram } from '../../src/cli/program.js';
import { readConfig, VARIABLES } from '../../src/config/config.js';
import { createTestDatabase } from '../support/test-database.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { readDocument, ROOT, tableRowsOf } from './markdown.js';
import { markedNames, type MarkedName } from './marked-names.js';

const NAMES = markedNames();
const matching = (pattern: RegExp): MarkedName[] => NAMES.filter(([name]) => pattern.test(name));
const filesIn = (folder: string): string[] =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path}`)
    .filter((path) => !/\/(node_modules|dist)\//.test(path));
/** Where the project has its files; the folders of a build, of packages and of data are not there. */
const FOLDERS = ['src', 'test', 'data', 'bench', 'eval', 'pages', 'scripts', 'deploy', 'docker', 'docs', 'bin', 'console'];
const FILES = [...FOLDERS.flatMap(filesIn), ...readdirSync(ROOT)];

const PROGRAM = buildProgram(() => Promise.resolve());
/** A command by its words, as far as they lead, with the words that are left. */
function commandOf(words: readonly string[], at: Command = PROGRAM): { readonly command: Command; readonly rest: readonly string[] } {
  const [first = '', ...rest] = words;
  const below = at.commands.find((each) => each.name() === first);
  return below === undefined ? { command: at, rest: words } : commandOf(rest, below);
}
const optionsOf = (command: Command | null): string[] =>
  command === null ? ['--help'] : [...command.options.map(({ long }) => long ?? ''), ...optionsOf(command.parent)];
const below = (command: Command): Command[] => [command, ...command.commands.flatMap(below)];
const longOptions = (words: readonly string[]): string[] => words.filter((word) => word.startsWith('--') && word !== '--');

/** Programs that npm runs with options of their own, by the name of the script. */
const MAINS: Readonly<Record<string, string>> = { bench: 'bench/main.ts', eval: 'eval/main.ts', 'test:faults': 'test/faults/main.ts' };
const takenBy = (main: string): string[] =>
  [...readDocument(main).matchAll(/^ {4}'?([a-z-]+)'?: \{ type: /gm)].map(([, name = '']) => `--${name}`);
const PG_DUMP = ['--no-owner', '--no-privileges'];
/** What a page says of several commands at once: "`…` takes `--x`". */
const ANY_OPTION = new Set([...below(PROGRAM).flatMap(optionsOf), ...Object.values(MAINS).flatMap(takenBy), ...PG_DUMP]);

describe('A command in the text of a page', () => {
  const commands = matching(/^(ibsafe-batch |node bin\/ibsafe-batch\.mjs )?[a-z-]+( .*)?$/).flatMap(([name, page]) => {
    const words = name.replace(/^(ibsafe-batch|node bin\/ibsafe-batch\.mjs) /, '').split(' ');
    return commandOf(words).command === PROGRAM || words.includes('|') ? [] : [[name, page, words] as const];
  });

  it('has options that its help has', () => {
    const unknown = commands.flatMap(([name, page, words]) => {
      const { command, rest } = commandOf(words);
      return longOptions(rest).every((option) => optionsOf(command).includes(option)) ? [] : [[name, page]];
    });
    expect(commands.length).toBeGreaterThan(40);
    expect(unknown).toEqual([]);
  });

  it('of a noun has a verb that this noun has', () => {
    const lost = commands.filter(([, , words]) => {
      const { command, rest } = commandOf(words);
      return command.commands.length > 0 && command.registeredArguments.length === 0 && /^[a-z]/.test(rest[0] ?? '');
    });
    expect(lost.map(([name, page]) => [name, page])).toEqual([]);
  });

  it('of npm is a script of the package, with options that it takes', () => {
    const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };
    const asked = matching(/^npm (run )?[a-z]/).map(([name]) => name.replace(/^npm (run )?/, '').split(' '));
    expect(asked.length).toBeGreaterThan(10);
    for (const [script = '', ...words] of asked) {
      expect(Object.keys(scripts)).toContain(script);
      for (const option of longOptions(words)) expect(takenBy(MAINS[script] ?? '')).toContain(option);
    }
  });

  it('of the bench names measurements that there are, as do the kept figures', () => {
    const kept = (JSON.parse(readDocument('bench/figures.json')) as { figures: { command: string }[] }).figures.map(
      ({ command }) => command,
    );
    const asked = [...kept, ...NAMES.map(([name]) => name)].flatMap(
      (text) => /^npm run bench .*--only ([\w,-]+)/.exec(text)?.[1]?.split(',') ?? [],
    );
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !MEASUREMENTS.some((known) => known === name))).toEqual([]);
  });

  it('by an option alone is an option of some command', () => {
    const options = matching(/^--[a-z]/).map(([name]) => name.split(/[ =]/)[0]);
    expect(options.length).toBeGreaterThan(30);
    expect(options.filter((option = '') => !ANY_OPTION.has(option))).toEqual([]);
  });
});

describe('A name in capitals', () => {
  it('is a setting, a code or a word of the schema', () => {
    const read = FILES.filter((file) =>
      /^(src|deploy|docker|scripts|data|bench|eval|test\/support)\/.*\.(ts|mjs|ya?ml|env|example|sh|json)$/.test(file),
    );
    const sources = [...read, 'schema.graphql', 'docker-compose.yml'];
    const known = new Set(sources.flatMap((file) => readDocument(file).match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g) ?? []));
    const named = matching(/^[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/).map(([name]) => /^\w+/.exec(name)?.[0] ?? '');
    // Settings of Django, codes of Apollo's, and the code of an example.
    const foreign = ['SECRET_KEY', 'SIGNING_KEY', 'PERSISTED_QUERY_NOT_SUPPORTED', 'NO_BIRTH_DATE'];
    expect(named.length).toBeGreaterThan(150);
    expect(named.filter((name) => !known.has(name)).toSorted()).toEqual(foreign.toSorted());
  });

  it('with a value is a setting that takes this value', () => {
    const settings = matching(/^[A-Z][A-Z0-9_]*=[^ ]+$/).map(([name]) => name.split('=') as [string, string]);
    expect(settings.length).toBeGreaterThan(8);
    for (const [name, value] of settings) {
      expect(VARIABLES).toContain(name);
      expect(String(Reflect.get(readConfig({ [name]: value }), name))).toBe(value);
    }
  });
});

it('A field that a page names with its type is a field of the schema', () => {
  const schema = buildSchema(readDocument('schema.graphql'));
  const fields = matching(/^[A-Z]\w+\.[a-z]\w+$/).flatMap(([name]) => {
    const [type = '', field = ''] = name.split('.');
    const found = schema.getType(type);
    if (found === undefined) return [];
    const own = isObjectType(found) || isInterfaceType(found) || isInputObjectType(found) ? Object.keys(found.getFields()) : [];
    return [[name, [...own, ...(isEnumType(found) ? found.getValues().map((each) => each.name) : [])].includes(field)]];
  });
  expect(fields.length).toBeGreaterThan(8);
  expect(fields.filter(([, there]) => there === false)).toEqual([]);
});

it('A file that a page names is in the project', () => {
  // Names that the service, PostgreSQL, a deployment or the old batch gives, and a field that looks like a file.
  const given =
    /^(\.env|\.data|instance\.json|(service|postgres)\.log.*|postmaster\.pid|postgresql\.conf|recovery\.signal|.*\.ndjson\.gz|(service|migrate)\.env|latest\.json|run_immediate_(sleep_)?batch\.sh|Context\.log)$/;
  const named = matching(/^[\w.@/-]+\.(ts|mjs|ya?ml|json|conf|sql|service|example|env|md|sh|signal|log|pid|gz|graphql)$/);
  const lost = named.filter(([name]) => !given.test(basename(name)) && !FILES.some((file) => file === name || file.endsWith(`/${name}`)));
  expect(named.length).toBeGreaterThan(30);
  expect(lost).toEqual([]);
});

describe('On a service', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let service: TestService;
  beforeAll(async () => {
    database = await createTestDatabase();
    service = await startTestService(database);
  });
  afterAll(async () => {
    await service?.[Symbol.asyncDispose]();
    await database?.drop();
  });

  it('a metric that a page names is told', async () => {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const told = new Set([...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name));
    const full = matching(/^ibsafe_batch_\w*[a-z](\{.*\})?$/).map(([name]) => name.replace(/\{.*/, ''));
    const rows = tableRowsOf(readDocument('docs/deploy/monitoring.md')).map(([first = '']) => first.match(/`([a-z_]+_[a-z]+)`/g) ?? []);
    const short = rows.filter((names) => names.length > 0).flat().map((name) => `ibsafe_batch_${name.replaceAll('`', '').replace('ibsafe_batch_', '')}`); // prettier-ignore
    expect([full.length, short.length].map((many) => many > 15)).toEqual([true, true]);
    expect([...full, ...short].filter((name) => !told.has(name))).toEqual([]);
  });

  it('a path that a page names is answered', async () => {
    // Paths of files, and of the endpoint of a model or of traces; what all calls begin with; what is there with OpenID Connect alone.
    const elsewhere = /^\/(var|etc|opt|usr|root|srv|tmp|proc|archive|v1|files|batches)\b|^\/api\/batch\/$|^\/session\/oidc\//;
    const paths = matching(/^([A-Z]+ )?\/[\w/.-]*(\?.*)?$/).map(([name]) => (name.split(' ').at(-1) ?? '').split('?')[0] ?? '');
    const asked = [...new Set(paths)].filter((path) => !elsewhere.test(path));
    expect(asked.length).toBeGreaterThan(10);
    const answers = await Promise.all(
      asked.map(async (path) => [path, (await fetch(service.url + path, { redirect: 'manual' })).status] as const),
    );
    expect(answers.filter(([, status]) => status === 404)).toEqual([]);
  });
});
