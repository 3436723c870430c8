import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { buildProgram } from '../../src/cli/program.js';
import { errorSentence } from '../../src/cli/shell/error-sentence.js';
import { missingIndexLines } from '../../src/cli/index/index-check.js';
import { planLine } from '../../src/cli/retention/retention.js';
import { details } from '../../src/cli/screen/bar.js';
import { speak } from '../../src/cli/words/language.js';
import { sentenceOf } from '../../src/cli/words/refusal.js';
import { readConfig } from '../../src/config.js';
import { MONTH_REFUSALS } from '../../src/domain/retention/retention.js';
import { whyHeld } from '../../src/lifecycle/retention/refusal-words.js';
import { FOOD_RECORD_INDEX } from '../../src/records/record-indexes/wanted-indexes.js';
import { englishIn } from '../support/english-in.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';

/** What no command says in a test of functions: they make processes, end them, or are served from elsewhere. */
const ELSEWHERE = ['start', 'stop', 'schema', 'llm serve', 'demo load', 'demo history'];

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
async function said(args: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  const say = (line = ''): void => void lines.push(...line.split('\n'));
  const config = readConfig({ DATABASE_URL: database.url, DATA_DIR: join(cwd, 'data'), RETENTION_ARCHIVE_DIR: cwd, LOG_LEVEL: 'silent' });
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

/** Command lines in an order in which each finds what it speaks of; `{run}`, `{schedule}`, `{backfill}`, `{recall}`, `{silence}` and `{archive}` are what was made last. */
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
];

const MADE: Readonly<Record<string, string>> = {
  run: 'select run_id::text from batch.run_view order by requested_at desc limit 1',
  schedule: 'select schedule_id::text from batch.schedule_view order by 1 limit 1',
  recall: 'select recall_id::text from batch.recall_view order by requested_at desc limit 1',
  backfill: 'select backfill_id::text from batch.backfill_view order by requested_at desc limit 1',
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
        const bare = words[0] === 'key' ? line.replaceAll(/\b[a-z2-7]{8}\b/gu, '') : line; // prefixes of keys
        if (englishIn(bare).length > 0) found.push(`${words.join(' ')}: ${line} [${englishIn(bare).join(' ')}]`);
      }
    }
    expect(found).toEqual([]);
    expect(lines).toBeGreaterThan(WALK.length);
  }, 240_000);

  it('neither do lines that a quiet database has no cause for', () => {
    speak('ko');
    const lines = [
      ...MONTH_REFUSALS.map((code) => sentenceOf(whyHeld('2024-09-01', { code, count: 3, runId: NOWHERE }))),
      ...[true, false].map((due) => planLine({ month: '2024-09-01', events: 10, bytes: 5e6, due, held: undefined })),
      planLine({ month: '2024-09-01', events: null, bytes: 5e6, due: true, held: { code: 'LOG_BUSY', count: 1, runId: null } }),
      ...[true, false].flatMap((mayCreate) =>
        missingIndexLines({
          index: FOOD_RECORD_INDEX,
          status: 'INVALID',
          servedBy: null,
          owner: 'ibsafe',
          mayCreate,
          sql: 'CREATE INDEX',
          estimate: { rows: 5, bytes: 5e6, history: { days: 3, from: '2026-01-01', to: '2026-01-03', lateDay: '2026-01-03' } },
          gain: { roster: 9, users: 3, recordDate: '2026-01-03', now: { ms: 5, blocks: 4, firstMs: 9 }, withIndex: mayCreate ? { ms: 1, blocks: 1, firstMs: 2 } : null }, // prettier-ignore
        } as unknown as Parameters<typeof missingIndexLines>[0]),
      ),
      details({ done: 0, total: null, perSecond: null, secondsLeft: null }).join(),
      details({ done: 5, total: 10, perSecond: 2.5, secondsLeft: 2 }).join(),
      errorSentence(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', path: '/var/data' })),
      errorSentence(Object.assign(new Error('connect EACCES /run/pg'), { code: 'EACCES', syscall: 'connect', address: '/run/pg' })),
    ];
    expect(lines.map((line) => [line, englishIn(line)]).filter(([, english]) => (english ?? []).length > 0)).toEqual([]);
  });
});
