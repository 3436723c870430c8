import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from '../../src/cli/program.js';
import { errorSentence } from '../../src/cli/shell/error-sentence.js';
import { CommandFailed, EXIT, type ExitCode } from '../../src/cli/shell/exit-code.js';
import { readConfig } from '../../src/config/config.js';
import { loadDemo } from '../../src/demo/load-demo.js';
import { demoFoodsOf } from '../../src/demo/demo-foods.js';
import { addDays, dateInZone } from '../../src/domain/local-date.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { startAlertReceiver } from './alert-receiver.js';
import { openPatients, type PatientsDatabase } from './patients-database.js';
import { Resources } from './resources.js';
import { createTestDatabase } from './test-database.js';
import { startTestService, type TestService } from './test-service.js';
import { until } from './until.js';

/** How a command ended, and all that it said. */
export interface Typed {
  readonly code: ExitCode | 'UNEXPECTED';
  readonly said: string;
  /** What it prints with `--json`. */
  readonly json?: unknown;
}

/** What the variables of the pages stand for: what was made last. */
const NEWEST: Readonly<Record<string, string>> = {
  RUN_ID: 'select run_id::text from batch.run_view order by requested_at desc limit 1',
  SCHEDULE_ID: "select schedule_id::text from batch.schedule_view where status <> 'DELETED' order by 1 desc limit 1",
  BACKFILL_ID: 'select backfill_id::text from batch.backfill_view order by requested_at desc limit 1',
  RECALL_ID: 'select recall_id::text from batch.recall_view order by requested_at desc limit 1',
  ROLLOUT_ID: 'select rollout_id::text from batch.rollout_view order by started_at desc limit 1',
  SILENCE_ID: 'select id::text from batch.alert_silence order by made_at desc limit 1',
};

/** Names of these variables, each standing for itself until a command is typed. */
export const LATER = Object.fromEntries([...Object.keys(NEWEST), 'ROW', 'KEY'].map((name) => [name, `{${name}}`]));

/** A service as a newcomer has it after the first night, at which the commands of the pages are typed. */
export interface Newcomer extends AsyncDisposable {
  readonly database: PatientsDatabase;
  /** Types a command, after what the page's reader would have done before it. */
  type(args: readonly string[], environment?: Readonly<Record<string, string>>): Promise<Typed>;
}

/** Makes one with 100 patients, whose records end yesterday. */
export async function makeNewcomer(): Promise<Newcomer> {
  const resources = new Resources();
  const cwd = mkdtempSync(join(tmpdir(), 'ibsafe-batch-typed-'));
  resources.use({ [Symbol.asyncDispose]: () => Promise.resolve(rmSync(cwd, { recursive: true })) });
  const made = await createTestDatabase();
  const last = addDays(dateInZone(new Date(), 'Asia/Seoul'), -1);
  await loadDemo(made.url, { users: 100, days: 14, seed: 1, until: last, foods: demoFoodsOf(loadCatalogue()) });
  const database = resources.use(openPatients(made));
  await database.rows(`update auth_user set username = 'kim' where id = 93`);
  const receiver = resources.use(await startAlertReceiver());
  const candidate = { LLM_CANDIDATE_BASE_URL: 'http://127.0.0.1:1/v1', LLM_CANDIDATE_MODEL: 'M1' };
  const usual = {
    DATA_DIR: join(cwd, 'data'),
    RETENTION_ARCHIVE_DIR: cwd,
    LOG_LEVEL: 'silent',
    ALERT_WEBHOOK_URL: receiver.url,
    ...candidate,
  };
  const run = (args: readonly string[], environment = {}): Promise<Typed> =>
    typed(args, { ...usual, ...environment, DATABASE_URL: database.url });
  let service: TestService | undefined = await startTestService(database);
  resources.use({ [Symbol.asyncDispose]: async () => service?.[Symbol.asyncDispose]() });
  const settled = (): Promise<void> =>
    until(async () => (await database.column("select from batch.run_view where ended_at is null and status <> 'PAUSED'")).length === 0);
  const newest = async (name: string): Promise<string> => {
    if (name === 'ROW') return rowOfDish('IBS-0001');
    return (await database.column<string>(NEWEST[name] ?? 'select null'))[0] ?? 'none';
  };
  /** A row that holds the dish which the page names, as the page says to find one. */
  async function rowOfDish(dish: string): Promise<string> {
    const { json } = await run(['review', 'sample', '--first', '100']);
    const { rows = [] } = (json ?? {}) as {
      readonly rows?: readonly { readonly row: string; readonly dishes: readonly { readonly code: string }[] }[];
    };
    return rows.find(({ dishes }) => dishes.some(({ code }) => code === dish))?.row ?? 'none';
  }

  /** Has what was begun wait: no worker is there until the order was given. */
  async function withoutWorkers(work: () => Promise<Typed>): Promise<Typed> {
    await service?.[Symbol.asyncDispose]();
    service = undefined;
    const answer = await work();
    service = await startTestService(database);
    return answer;
  }
  const withWaitingRun = (work: () => Promise<Typed>, before: readonly string[] = []): Promise<Typed> =>
    withoutWorkers(async () => {
      const paused = await database.column("select from batch.run_view where status = 'PAUSED'");
      if (paused.length === 0) await run(['run', '--user', '1', '--on-existing', 'regenerate']);
      if (before.length > 0 && paused.length === 0) await run(['pause', await newest('RUN_ID'), ...before]);
      return work();
    });
  async function prepared(args: readonly string[], work: () => Promise<Typed>): Promise<Typed> {
    const [noun = '', verb = ''] = args;
    await settled();
    if (noun === 'resume') return withWaitingRun(work, ['--reason', 'a test']);
    if (noun === 'cancel' || noun === 'pause') return withWaitingRun(work);
    if (noun === 'backfill' && verb === 'cancel')
      return withoutWorkers(async () => {
        await run(['backfill', '--from', '2026-01-01', '--to', '2026-01-03']);
        return work();
      });
    if (noun === 'retry') {
      await database.rows('update ibsafe_userexerciserecord set current_steps = -1 where user_id = 5');
      await run(['run', '--on-existing', 'regenerate', '--wait']);
    }
    // The pages before this one had the dish recalled, and the recall lifted.
    if (args.includes('--dish') && noun === 'review') await run(['run', '--on-existing', 'regenerate', '--wait']);
    if (noun === 'schedule' && verb === 'pause') await run(['schedule', 'resume', await newest('SCHEDULE_ID')]);
    if (noun === 'rollout' && verb === 'promote') await run(['rollout', 'start', '--share', '5']);
    return work();
  }
  return {
    database,
    type: (args, environment) =>
      prepared(args, async () => {
        const words = args.map((word) => {
          const name = /^\{(\w+)\}$/u.exec(word)?.[1];
          return name === undefined ? Promise.resolve(word) : newest(name);
        });
        return run(await Promise.all(words), environment);
      }),
    [Symbol.asyncDispose]: () => resources.end(),
  };
}

/** Runs a command line within this process. */
async function typed(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Typed> {
  const lines: string[] = [];
  let json: unknown;
  const say = (line = ''): void => void lines.push(line);
  const screen = { say, startBar: () => ({ update: () => undefined, end: () => undefined }) };
  const shell = {
    config: readConfig(environment),
    json: false,
    screen,
    signal: new AbortController().signal,
    print: say,
    printJson: (value: unknown) => void (json = value),
  };
  let code: Typed['code'] = EXIT.done;
  const program = buildProgram(async (_options, work) => void (code = await work(shell)));
  await program.parseAsync(['node', 'ibsafe-batch', ...args]).catch((error: unknown) => {
    code = error instanceof CommandFailed ? error.exitCode : 'UNEXPECTED';
    say(errorSentence(error));
  });
  return { code, said: lines.join('\n'), json };
}
