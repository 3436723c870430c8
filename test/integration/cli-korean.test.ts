import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/program.js';
import { errorSentence } from '../../src/cli/shell/error-sentence.js';
import { speak } from '../../src/cli/words/language.js';
import { readConfig } from '../../src/config/config.js';
import { englishIn } from '../support/english-in.js';
import { REVIEW_LINES as REVIEWS } from '../support/review-lines.js';
import { ROLLOUT_LINES as ROLLOUTS } from '../support/rollout-lines.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';

/** What no command says in a test of functions: they make processes, end them, or are served from elsewhere. */
const ELSEWHERE = ['start', 'stop', 'schema', 'llm serve'];

let database: PatientsDatabase;
let cwd: string;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'ibsafe-batch-korean-'));
  database = await createPatients(40);
});
afterAll(async () => {
  await database?.[Symbol.asyncDispose]();
  rmSync(cwd, { recursive: true });
});
afterEach(() => speak('en'));

/** Runs a command line within this process. @returns each line that it says, on either stream, and how it ended */
async function said(args: readonly string[], url = database.url): Promise<string[]> {
  const lines: string[] = [];
  const say = (line = ''): void => void lines.push(...line.split('\n'));
  const config = readConfig({ DATABASE_URL: url, DATA_DIR: join(cwd, 'data'), RETENTION_ARCHIVE_DIR: cwd, LOG_LEVEL: 'silent', LLM_CANDIDATE_BASE_URL: 'http://127.0.0.1:1/v1', LLM_CANDIDATE_MODEL: 'M1' }); // prettier-ignore
  const bar = { update: () => undefined, end: () => undefined };
  const screen = { say, startBar: (label: string) => (say(label), bar) };
  const { signal } = new AbortController();
  const shell = { config, json: false, screen, signal, print: say, printJson: () => undefined };
  speak('ko');
  const program = buildProgram(async (_options, work) => void (await work(shell)));
  await program.parseAsync(['node', 'ibsafe-batch', ...args]).catch((error: unknown) => say(errorSentence(error)));
  return lines.filter((line) => line.trim() !== '');
}

function commandsOf(command: Command, path = ''): string[] {
  if (command.commands.length === 0) return [path];
  return command.commands.flatMap((each) => commandsOf(each, `${path} ${each.name()}`.trim()));
}

const NOWHERE = '00000000-0000-4000-8000-000000000000';
const DAY: string = RECORD_DATE;
const WHY = ['--reason', '점검'] as const;

/** With this the words of others begin. */
const UNEXPECTED = '예상하지 못한 오류';

/** Command lines in an order in which each finds what it speaks of; `{run}`, `{schedule}`, `{backfill}`, `{recall}`, `{rollout}`, `{row}`, `{silence}` and `{archive}` are what was made last. */
const WALK: readonly (readonly string[])[] = [
  ['migrate'],
  ['status'],
  ['schedule', 'list'],
  ['run', '--date', DAY],
  ['schedule', 'init'],
  ['schedule', 'init'],
  ['schedule', 'create', '--name', '밤', '--frequency', 'daily', '--hour', '9', '--minute', '0'],
  ['schedule', 'create', '--name', '밤', '--frequency', 'cron', '--cron', '99 * * * *'],
  ['schedule', 'list'],
  ['schedule', 'status'],
  ['schedule', 'sync'],
  ['schedule', 'preview', '--frequency', 'daily', '--hour', '2', '--minute', '30', '--name', '밤'],
  ['schedule', 'update', '{schedule}', '--hour', '10'],
  ['schedule', 'update', NOWHERE, '--hour', '10'],
  ['schedule', 'pause', '{schedule}', ...WHY],
  ['schedule', 'pause', '{schedule}', ...WHY],
  ['schedule', 'resume', '{schedule}'],
  ['schedule', 'resume', '{schedule}'],
  ['schedule', 'cancel-queued', '{schedule}'],
  ['schedule', 'cancel-queued', NOWHERE],
  ['schedule', 'import'],
  ['forecast', '--date', DAY],
  ['forecast', '--date', '2999-01-01'],
  ['run', '--date', DAY, '--wait'],
  ['run', '--date', '2999-01-01'],
  ['run', '--date', DAY, '--user', '999999'],
  ['run', '--date', DAY, '--generator', 'llm'],
  ['run', '--username', '없는 이름'],
  ['watch', '{run}'],
  ['events', '{run}', '--outcomes'],
  ['events', NOWHERE],
  ['cancel', '{run}'],
  ['pause', '{run}', ...WHY],
  ['resume', '{run}'],
  ['resume', NOWHERE],
  ['retry', '{run}'],
  ['retry', NOWHERE],
  ['backfill', '--from', '2026-02-21', '--to', '2026-02-20'],
  ['backfill', '--from', '2026-02-20', '--to', '2026-02-21'],
  ['backfill', 'list'],
  ['backfill', 'cancel', '{backfill}'],
  ['backfill', 'cancel', NOWHERE],
  ...REVIEWS,
  ['recall', 'list'],
  ['recall', 'preview', '--dish', 'IBS-0001', '--since', DAY, '--rows', '3'],
  ['recall', 'preview', '--dish', 'IBS-9999'],
  ['recall', 'preview', '--point', 'SWAP', '--dish', 'IBS-0001'],
  ['recall', 'start', '--dish', 'IBS-0001', '--allergen', ...WHY],
  ['recall', 'start', '--dish', 'IBS-0001', ...WHY],
  ['recall', 'start', '--point', 'OWN_ALLERGENS'],
  ['recall', 'start', '--prompt', 'daily-1', '--wait'],
  ['recall', 'list'],
  ['recall', 'lift', '{recall}', ...WHY],
  ['recall', 'lift', '{recall}'],
  ['recall', 'lift', NOWHERE],
  ...ROLLOUTS,
  ['status'],
  ['rebuild', '--verify'],
  ['doctor', '--invariants', '--after-restore'],
  ['alert', 'list'],
  ['alert', 'silence', '--kind', 'RUN_FAILED', '--for', '3h', ...WHY],
  ['alert', 'silence', '--kind', 'RUN_FAILED', '--for', '31d', ...WHY],
  ['alert', 'list', '--all'],
  ['alert', 'end-silence', '{silence}'],
  ['alert', 'end-silence', NOWHERE],
  ['alert', 'test'],
  ['key', 'create', '--name', 'NIGHT', '--role', 'viewer'],
  ['key', 'create', '--name', 'NIGHT', '--role', 'viewer'],
  ['key', 'list'],
  ['key', 'revoke', 'NIGHT'],
  ['key', 'revoke', 'NIGHT'],
  ['session', 'list'],
  ['session', 'list', '--ended'],
  ['session', 'revoke', NOWHERE],
  ['audit', 'reads'],
  ['audit', 'gaps'],
  ['audit', 'chain'],
  ['index', 'check'],
  ['index', 'create', '--yes'],
  ['index', 'create', '--yes'],
  ['retention', 'plan'],
  ['retention', 'plan', '--keep', '1'],
  ['retention', 'run', '--keep', '1'],
  ['archive', 'verify', '{archive}'],
  ['archive', 'read', '{archive}'],
  ['archive', 'verify', '/no/such/file'],
  ['schedule', 'delete', '{schedule}'],
  ['schedule', 'delete', '{schedule}'],
  ['demo', 'load'],
  ['demo', 'load', '--users', '7'],
  ['demo', 'history'],
  ['migrate', '--service-role', 'no_such_role'],
  ['erase'],
  ['erase', '--user', '3'],
  ['erase', '--user', '3', '--preview'],
  ['erase', '--user', '3', '--name', '다른 이름'],
  ['erase', '--user', '3', '--name', '{name}'],
  ['erase', '--user', '999999', '--name', '999999'],
  ['erase', '--deleted'],
  ['erase', '--deleted', '--preview'],
  ['erase', '--deleted', '--count', '9'],
  ['erase', '--deleted', '--count', '1'],
];

const MADE: Readonly<Record<string, string>> = {
  run: 'select run_id::text from batch.run_view order by requested_at desc limit 1',
  schedule: 'select schedule_id::text from batch.schedule_view order by 1 limit 1',
  rollout: 'select rollout_id::text from batch.rollout_view order by started_at desc limit 1',
  recall: 'select recall_id::text from batch.recall_view order by requested_at desc limit 1',
  row: "select run_id || '.' || split_part(stream, '/chunk-', 2) || '.' || version from batch.event_log where type = 'InterventionGenerated' order by position desc limit 1", // prettier-ignore
  backfill: 'select backfill_id::text from batch.backfill_view order by requested_at desc limit 1',
  name: 'select username from auth_user where id = 3',
  silence: 'select id::text from batch.alert_silence order by made_at desc limit 1',
};

async function madeLast(word: string): Promise<string> {
  const what = /^\{(\w+)\}$/u.exec(word)?.[1];
  if (what === undefined) return word;
  if (what === 'archive') return join(cwd, readdirSync(cwd).find((name) => name.endsWith('.gz')) ?? 'none.ndjson.gz');
  return (await database.column<string>(MADE[what] ?? ''))[0] ?? NOWHERE;
}

describe('In Korean', () => {
  it('every command is walked', () => {
    const walked = new Set(WALK.map((args) => args.filter((word) => /^[a-z-]+$/u.test(word) && !word.startsWith('--')).join(' ')));
    const all = commandsOf(buildProgram(() => Promise.resolve())).filter((path) => !ELSEWHERE.includes(path));
    expect(all.length).toBeGreaterThan(35);
    expect(all.filter((path) => ![...walked].some((each) => each === path || each.startsWith(`${path} `)))).toEqual([]);
  });

  it('no command says a line in English: codes, names, ids, paths and commands apart', async () => {
    const found: string[] = [];
    let lines = 0;
    for (const words of WALK) {
      const args = await Promise.all(words.map(madeLast));
      for (const line of await said(args)) {
        lines += 1;
        const plain = line.replaceAll(/(?<!-)\b[0-9a-f]{12}\b/gu, ''); // fingerprints
        const bare = words[0] === 'key' ? plain.replaceAll(/\b[a-z2-7]{8}\b/gu, '') : plain; // prefixes of keys
        // What is unexpected is told in the words of others: what the service itself says is not.
        if (englishIn(bare).length > 0 || line.includes(UNEXPECTED))
          found.push(`${words.join(' ')}: ${line} [${englishIn(bare).join(' ')}]`);
      }
    }
    expect(found).toEqual([]);
    expect(lines).toBeGreaterThan(WALK.length);
  });

  it('a database that cannot be worked on is refused in Korean', async () => {
    const { href } = new URL('?sslmode=require', database.url);
    const missing = new URL('?sslmode=verify-full&sslrootcert=/no/such/file', database.url).href;
    const lines = [...(await said(['status'], href)), ...(await said(['migrate'], missing))];
    await database.rows('update batch.program_level set least = 99');
    lines.push(...(await said(['migrate'])));
    await database.rows('update batch.program_level set least = 1');
    expect(lines).toEqual([expect.stringContaining('TLS를 요구'), expect.stringContaining('/no/such/file'), expect.stringContaining('더 새로운 릴리스')]); // prettier-ignore
    expect(lines.filter((line) => englishIn(line).length > 0 || line.includes(UNEXPECTED))).toEqual([]);
  });
});
