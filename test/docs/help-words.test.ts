import { afterEach, describe, expect, it } from '@jest/globals';
import { type Command, CommanderError } from 'commander';
import { asTyped } from '../../src/base/as-typed.js';
import { buildProgram } from '../../src/cli/program.js';
import { askedLanguage, speak } from '../../src/cli/words/language.js';
import { codeWords } from '../../src/words/code-words.js';
import type { Language } from '../../src/domain/said.js';

const KOREAN = /[가-힣]/u;
interface Described {
  /** The command, and what of it: an argument, an option, or nothing for the command itself. */
  readonly path: string;
  readonly flag: string;
  readonly text: string;
}

function programIn(language: Language): Command {
  speak(language);
  return buildProgram(() => Promise.resolve());
}

function describedIn(language: Language): Described[] {
  const all: Described[] = [];
  const walk = (command: Command, path: string): void => {
    all.push({ path, flag: '', text: command.description() });
    for (const argument of command.registeredArguments) all.push({ path, flag: argument.name(), text: argument.description });
    for (const option of command.options.filter(({ hidden }) => !hidden))
      all.push({ path, flag: option.long ?? option.flags, text: option.description });
    for (const below of command.commands) walk(below, `${path} ${below.name()}`.trim());
  };
  walk(programIn(language), '');
  return all;
}

/** What a mistake is told as on stderr. */
async function mistake(language: Language, args: readonly string[]): Promise<string> {
  let told = '';
  const program = programIn(language);
  const listen = (command: Command): void => {
    command.configureOutput({ writeErr: (text) => (told += text) });
    command.commands.forEach(listen);
  };
  listen(program);
  await expect(program.parseAsync(['node', 'ibsafe-batch', ...args])).rejects.toBeInstanceOf(CommanderError);
  return told;
}

afterEach(() => speak('en'));

describe('The help of the commands', () => {
  it('describes each command, argument and option in Korean, in other words than in English', () => {
    const [korean, english] = [describedIn('ko'), describedIn('en')];
    expect(english.filter(({ flag }) => flag === '').length).toBeGreaterThan(45);
    expect(korean.map(({ path, flag }) => [path, flag])).toEqual(english.map(({ path, flag }) => [path, flag]));
    expect(korean.filter(({ text }, at) => !KOREAN.test(text) || text === english[at]?.text)).toEqual([]);
  });

  it('says in English what the sources say, and the catalogue has no other', () => {
    const used = new Set<string>();
    for (const { path, flag, text } of describedIn('en')) {
      const key = [`${path} ${flag}`.trim(), flag].find((each) => codeWords('en', 'Help', each) !== undefined) ?? 'ibsafe-batch';
      used.add(key);
      expect([key, codeWords('en', 'Help', key)?.name.replaceAll('{program}', asTyped('').trimEnd())]).toEqual([key, text]);
    }
    expect(used.size).toBeGreaterThan(110);
  });

  it.each([[['--help']], [['schedule', '--help']], [['start', '--help']]])('is all in Korean for %j, headings and defaults too', (args) => {
    const program = programIn('ko');
    const command = program.commands.find((each) => each.name() === args[0]) ?? program;
    const help = command.helpInformation();
    expect(help).toMatch(/^사용법: /u);
    expect(help).not.toMatch(/Usage:|Options:|Commands:|Arguments:|display help|choices:|default: /u);
  });
});

describe('A mistake of the command line', () => {
  it.each([
    [['strat'], "오류: 알 수 없는 명령 'strat' (혹시 start?)"],
    [['run', '--forever'], "오류: 알 수 없는 옵션 '--forever'"],
    [['cancel'], "오류: 필요한 인자 'runId'이(가) 없습니다"],
    [['run', '--username'], "오류: 옵션 '--username <name...>'에 값이 없습니다"],
    [['pause', '00000000-0000-4000-8000-000000000000'], "오류: 옵션 '--reason <text>'이(가) 꼭 필요합니다"],
    [['run', '--date', '2026-02-30'], 'YYYY-MM-DD로 적은 달력의 날짜여야 합니다'],
    [['run', '--on-existing', 'delete'], '쓸 수 있는 값: skip, regenerate'],
    [['run', '--date', '2026-02-01', '--date=2026-02-02'], "오류: 옵션 '--date <date>'을(를) 서로 다른 값으로 두 번 썼습니다"],
  ])('is told in Korean: %j', async (args, expected) => {
    const korean = await mistake('ko', args);
    expect(korean.replaceAll('\n', ' ')).toContain(expected);
    expect(korean).toContain('(자세한 내용은 --help)');
    const english = await mistake('en', args);
    expect(english).toMatch(/^error: /);
    expect(english).not.toMatch(KOREAN);
  });
});

/** A row that a reviewer may mark. */
const ROW = '00000000-0000-4000-8000-000000000000.0.1';

describe('An option that is given again', () => {
  it.each([
    ['takes a list', ['run', '--user', '7', '--user', '8', '--user=9'], { user: [7, 8, 9] }],
    ['takes a list, one at a time', ['review', 'mark', ROW, 'wrong', '--point', 'a', '--point', 'b'], { point: ['a', 'b'] }],
    ['has the same value', ['run', '--date', '2026-02-01', '--date=2026-02-01'], { date: '2026-02-01' }],
    ['has none', ['run', '--json', '--json', '--dry-run', '--dry-run'], { json: true, dryRun: true }],
  ])('is no mistake where it %s', async (_what, args, options) => {
    let taken: object = {};
    const program = buildProgram(async (given) => void (taken = given));
    await program.parseAsync(['node', 'ibsafe-batch', ...args]);
    expect(taken).toMatchObject(options);
  });
});

describe('The language of a command line', () => {
  it.each([
    [['run', '--lang', 'ko'], 'ko'],
    [['--lang=en', 'run'], 'en'],
    [['run', '--lang', 'fr'], undefined],
    [['run', '--lang'], undefined],
    [['run'], undefined],
  ] as const)('of %j is %s', (argv, language) => {
    expect(askedLanguage(argv)).toBe(language);
  });
});
