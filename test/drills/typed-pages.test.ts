import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { blocksOf, readDocument } from '../docs/markdown.js';
import { GUIDES } from '../docs/pages.js';
import { commandsOf } from '../docs/shell-lines.js';
import { LATER, makeNewcomer, type Newcomer } from '../support/typed-pages.js';

/** What is typed elsewhere: it makes a process, ends one, or follows without an end. */
const ELSEWHERE = /^(start|stop|llm serve|events --follow)\b/;
/** What a reader who does as the page says is answered otherwise, and why. */
const OTHERWISE: readonly (readonly [command: RegExp, code: number | string, said: RegExp])[] = [
  [/^erase --user 93$/, 2, /no terminal.*--name/su], // it asks at a terminal
  [/^archive (verify|read) ibsafe-batch-log-2024-09/, 1, /ENOENT/], // no month was let go yet
  [/^demo (load|history)/, 'UNEXPECTED', /empty database|Load one with more days/], // of a database of its own
  [/--reason GENERATOR_TIMEOUT/, 1, /NOTHING_TO_RETRY/], // no user failed so
];

// Korean pages show the same code: documents.test.ts sees to that.
const COMMANDS = GUIDES.filter((path) => !path.endsWith('.ko.md')).flatMap((page) =>
  blocksOf(readDocument(page), 'sh').flatMap(({ code }) =>
    commandsOf(code, LATER)
      .filter(({ words }) => words[1] === 'bin/ibsafe-batch.mjs')
      .map(({ words, environment }) => ({ page, args: words.slice(2), line: words.slice(2).join(' '), environment })),
  ),
);
const TYPED = COMMANDS.filter(({ line }) => !ELSEWHERE.test(line));

describe('The commands of the pages, typed in their order at a service with demo patients', () => {
  let newcomer: Newcomer;
  beforeAll(async () => {
    newcomer = await makeNewcomer();
  });
  afterAll(async () => newcomer?.[Symbol.asyncDispose]());

  it.each(TYPED)('$page: $line', async ({ line, args, environment }) => {
    if (line === 'erase --deleted --preview') await deleteAccounts(3);
    const answer = await newcomer.type(args, environment);
    const [, code, said] = OTHERWISE.find(([command]) => command.test(line)) ?? [undefined, undefined, /\S/u];
    // A run that is waited for says by its code that one of its patients failed.
    const fine = code === undefined ? [0, ...(args.includes('--wait') ? [3] : [])] : [code];
    const isFine = fine.includes(answer.code) && said.test(answer.said);
    expect(isFine ? 'as the page says' : answer).toBe('as the page says');
  });

  it('are nearly all of the pages', () => {
    expect([TYPED.length > 90, COMMANDS.length - TYPED.length < 20]).toEqual([true, true]);
  });

  /** As IBSafe deletes accounts, of patients that the service knows. */
  async function deleteAccounts(count: number): Promise<void> {
    const { database } = newcomer;
    const ids = await database.column<number>('select user_id from batch.subject where user_id not in (1, 5, 7, 93) order by 1 limit $1', [
      count,
    ]);
    for (const table of ['interventionrecord', 'userfoodrecord', 'userexerciserecord', 'usersleeprecord', 'userprofile'])
      await database.rows(`delete from ibsafe_${table} where user_id = any ($1)`, [ids]);
    await database.rows('delete from auth_user where id = any ($1)', [ids]);
  }
});
