import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommanderError } from 'commander';
import { buildProgram } from '../../src/cli/program.js';
import { readConfig } from '../../src/config/config.js';
import { blocksOf, readDocument } from './markdown.js';
import { GUIDES } from './pages.js';
import { startReaderService, type ReaderService } from './reader-service.js';
import { commandsOf, type ShellCommand } from './shell-lines.js';

// Korean pages show the same code: documents.test.ts sees to that.
const PAGES = GUIDES.filter((path) => !path.endsWith('.ko.md'));
const README = readDocument('README.md');
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const COMMANDS = PAGES.flatMap((page) => blocksOf(readDocument(page), 'sh')).flatMap(({ code }) =>
  commandsOf(code, {
    RUN_ID: ID,
    SCHEDULE_ID: ID,
    BACKFILL_ID: ID,
    RECALL_ID: ID,
    ROLLOUT_ID: ID,
    SILENCE_ID: ID,
    ROW: `${ID}.0.1`,
    KEY: `ibk_${ID}`,
  }),
);
/** Commands by their words, each once. */
const described = (commands: readonly ShellCommand[]): [string, ShellCommand][] => [
  ...new Map(commands.map((one) => [one.words.join(' '), one])),
];
/** `client.test.ts` runs the client; everything else that node is called with is the command line. */
const CLIENT = 'docs/developer/client.ts';
const calledBy = (program: string): [string, ShellCommand][] =>
  described(COMMANDS.filter(({ words }) => words[0] === program && words[1] !== CLIENT));

describe('The commands that the pages show', () => {
  it('are of this project, npm, curl or docker compose', () => {
    for (const { words } of COMMANDS) expect(['node', 'npm', 'curl', 'docker']).toContain(words[0]);
    expect(calledBy('node').length).toBeGreaterThan(50);
  });

  it.each(calledBy('node'))('%s exists, with its options and their values', async (_, { environment, words }) => {
    expect(words[1]).toBe('bin/ibsafe-batch.mjs');
    expect(readConfig(environment)).toMatchObject(environment);
    expect(await callOf(words.slice(2))).toBe('would run');
  });

  it.each(calledBy('npm'))('%s is a script of the package', (_, { words: [, first = '', second = ''] }) => {
    const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };
    expect(scripts).toHaveProperty([first === 'run' ? second : first]);
  });

  it.each(calledBy('docker'))('%s names services that docker-compose.yml has, and commands that they take', async (_, { words }) => {
    const services = [...readDocument('docker-compose.yml').matchAll(/^ {2}([a-z]+):$/gm)].map(([, name]) => name);
    const [, compose, verb, ...rest] = words;
    expect([compose, verb]).toEqual(['compose', expect.stringMatching(/^(up|run|exec)$/)]);
    const [service = '', ...command] = verb === 'up' ? [/ (\w+)=\d+$/.exec(rest.join(' '))?.[1] ?? ''] : rest.slice(1);
    expect(services).toContain(service);
    if (verb === 'run' && command.length > 0) expect(await callOf(command)).toBe('would run');
  });

  it('would not pass if an option did not exist', async () => {
    await expect(callOf(['run', '--no-such-option'])).resolves.toMatch(/unknown option/);
    await expect(callOf(['schedule', 'create', '--hour'])).resolves.toMatch(/argument missing/);
  });
});

const OPERATIONS = PAGES.flatMap((page) =>
  blocksOf(readDocument(page), 'graphql').map(({ code }) => [`${code.split(/[({]/)[0]?.trim() ?? ''} of ${page}`, code] as const),
);

describe('The pages, tried on a service with demo patients', () => {
  let service: ReaderService;
  beforeAll(async () => {
    service = await startReaderService();
  });
  afterAll(async () => {
    await service?.[Symbol.asyncDispose]();
  });

  it('answers its first question as it says', async () => {
    const [, command] = calledBy('curl')[0] as [string, ShellCommand];
    const answer = JSON.parse(await service.curl(command.words.slice(1))) as { data: { userTimeline: { days: object[] } } };
    const promised = JSON.parse(blocksOf(README, 'json')[0]?.code ?? '') as object;
    expect(answer.data.userTimeline.days).toContainEqual(expect.objectContaining(promised));
  });

  it.each(calledBy('curl'))('answers %s', async (_, { words }) => {
    const body = await service.curl(words.slice(1));
    expect(body.length).toBeGreaterThan(1);
    expect(body).not.toMatch(/"errors"/);
  });

  // In the order of the pages and their blocks: one block shows what another has made.
  it.each(OPERATIONS)('answers %s', async (_, code) => {
    for (const root of Object.values(await service.answerTo(code))) {
      expect(root).not.toBeNull();
      expect(root).not.toHaveProperty('code'); // a refusal
    }
  });
});

/** What the command line makes of words, without doing it: `would run`, or what is wrong with them. */
async function callOf(words: readonly string[]): Promise<string> {
  let calls = 0;
  const program = buildProgram(() => Promise.resolve(void (calls += 1)));
  let told = '';
  quiet(program, (text) => (told += text));
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return told || error.message;
    throw error;
  }
  return calls === 1 ? 'would run' : 'nothing was called';
}

function quiet(command: ReturnType<typeof buildProgram>, writeErr: (text: string) => void): void {
  command.configureOutput({ writeErr, writeOut: () => undefined });
  for (const child of command.commands) quiet(child, writeErr);
}
