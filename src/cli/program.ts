import { Command, Option } from 'commander';
import { PROGRAMS } from '../domain/program.js';
import { CHUNK_SIZE_RANGE } from '../domain/run/decide-request.js';
import { VERSION } from '../base/version.js';
import { registerDemoCommands } from './database/demo-commands.js';
import type { DoctorOptions } from './database/doctor.js';
import type { MigrateOptions } from './database/migrate.js';
import type { ForecastOptions } from './run/forecast.js';
import type { EventsOptions } from './run/events.js';
import type { RebuildOptions } from './database/rebuild.js';
import { registerScheduleCommands } from './schedule/schedule.js';
import type { StartOptions } from './service/start.js';
import type { WatchOptions } from './run/watch.js';
import { registerControlCommands } from './run/control-commands.js';
import type { Execute } from './shell/execute.js';
import { registerAlertCommands } from './alerts/alert-commands.js';
import { registerArchiveCommands } from './archive/archive-commands.js';
import { registerAuditCommands } from './audit/audit-commands.js';
import { registerEraseCommand } from './erase/erase-commands.js';
import { registerIndexCommands } from './index/index-commands.js';
import { registerKeyCommands } from './keys/key-commands.js';
import { registerLlmCommands } from './llm/llm-commands.js';
import { registerRolloutCommands } from './rollout/rollout-commands.js';
import { registerRecallCommands } from './recall/recall-commands.js';
import { registerReviewCommands } from './review/review-commands.js';
import { registerSigningCommands } from './review/signing-commands.js';
import { registerRetentionCommands } from './retention/retention-commands.js';
import { registerSessionCommands } from './sessions/session-commands.js';
import {
  dateOption,
  ONLY_NAMED,
  runIdArgument,
  STOP_WHEN_PAUSED,
  targetDateOption,
  userIdsOption,
  wholeOption,
  WITHOUT_SCHEDULE,
} from './shell/option-values.js';
import { refuseGivenTwice } from './shell/given-once.js';
import { toStderr, toStdout } from './screen/terminal.js';
import type { RunOptions } from './run/run-order.js';
import { describeAnew, helpText, mistakeTold, TRANSLATED } from './words/help-words.js';
import { LANGUAGES } from '../domain/said.js';

const AFTER_HELP = `
Exit codes: 0 done, 1 failed, 2 command line or configuration cannot be used, 3 the run has ended and some users failed, 4 the run
is paused and the command was not to wait for that.
Settings come from the environment and from a .env file in the working folder; .env.example lists them all.`;

/**
 * The commands and their options. What a command does is loaded when it is called, so that help and mistakes are answered at once.
 * Mistakes are thrown as CommanderError, after they were told on stderr. Help and mistakes are in the language that this process speaks.
 */
export function buildProgram(execute: Execute): Command {
  const program = new Command('ibsafe-batch').description(
    "IBSafe's nightly batch: one intervention per user, and a record of what happened to each user and why",
  );
  // An option belongs to the command that it follows: `backfill` and its own commands have some of the same name.
  program.enablePositionalOptions();
  program
    .version(VERSION)
    .exitOverride()
    .showHelpAfterError(helpText('more', '(--help tells more)'))
    .addHelpText('after', helpText('after', AFTER_HELP))
    .helpOption('-h, --help', helpText('--help', 'display help for command'))
    .configureHelp(TRANSLATED)
    .configureOutput({ writeOut: toStdout, writeErr: toStderr, outputError: (message, write) => write(mistakeTold(message)) });
  const command = (name: string, description: string, parent = program): Command =>
    parent
      .command(name)
      .description(description)
      .option('--json', 'print the result as JSON, and nothing else on stdout')
      .addOption(new Option('--lang <language>', 'language of what is said (default: that of LANG)').choices(LANGUAGES));

  const group = (name: string, description: string): AddCommand => {
    const parent = program.command(name).description(description);
    return (below, text) => command(below, text, parent);
  };

  addService(command, execute);
  addRuns(command, execute);
  registerControlCommands(command, execute);
  addCare(command, execute);
  registerEraseCommand(command, execute);
  registerScheduleCommands(group('schedule', 'when the batch runs by itself'), execute);
  const review = group('review', 'what a clinician looks at after advice was written, and says of it');
  registerReviewCommands(review, execute);
  registerSigningCommands(review, execute);
  registerRecallCommands(group('recall', 'what is taken out of advice, and whose advice is written anew for it'), execute);
  registerRolloutCommands(group('rollout', 'a candidate that a share of the patients gets'), execute);
  registerKeyCommands(group('key', 'API keys, by which programs and people are known to the service'), execute);
  registerSessionCommands(group('session', 'browsers that signed in to the console, the dashboard or the playground'), execute);
  registerAlertCommands(group('alert', 'where messages go when a night goes wrong'), execute);
  registerRetentionCommands(group('retention', 'months of the log that are older than what is kept'), execute);
  registerArchiveCommands(group('archive', 'files to which months of the log were let go'), execute);
  registerAuditCommands(group('audit', "which caller read which patient's data, and what the log amounted to each day"), execute);
  registerIndexCommands(group('index', "indexes of IBSafe's tables, by which a run reads no more of its history than it needs"), execute);
  registerDemoCommands(group('demo', 'invented patients and nights'), execute);
  registerLlmCommands(group('llm', 'language models'), execute);
  program
    .command('schema', { hidden: true })
    .description('print the GraphQL schema')
    .action(() => execute({}, async () => (await import('./service/schema.js')).schema()));
  describeAnew(program);
  refuseGivenTwice(program);
  return program;
}

type AddCommand = (name: string, description: string) => Command;
type Json = { readonly json?: boolean };

function addService(command: AddCommand, execute: Execute): void {
  command('start', "run the service until Ctrl-C; the first start loads demo patients and runs last night's batch")
    .option('--detach', 'start it in the background and return when it is ready')
    .addOption(new Option('--role <role>', 'what this process does').choices(['all', 'api', 'worker', 'scheduler']).default('all'))
    .addOption(new Option('--background').hideHelp())
    .action((options: StartOptions & Json) =>
      execute(options, async (shell) => (await import('./service/start.js')).start(shell, options), { inItsTime: true }),
    );
  command('stop', 'stop the service of this data folder and wait until it is gone; 1 when none runs').action((options: Json) =>
    execute(options, async (shell) => (await import('./service/stop.js')).stop(shell)),
  );
  command('status', 'show the service, its stores and workers, and the last runs').action((options: Json) =>
    execute(options, async (shell) => (await import('./service/status.js')).status(shell)),
  );
}

function addRuns(command: AddCommand, execute: Execute): void {
  const { least, most } = CHUNK_SIZE_RANGE;
  command('run', "run the batch: yesterday's records of all users, unless told otherwise")
    .addOption(new Option('--program <program>', 'what the advice is about (default: daily)').choices(PROGRAMS))
    .option('--date <date>', 'the day whose records are read, YYYY-MM-DD (default: yesterday, and today for sleep)', dateOption)
    .addOption(targetDateOption())
    .option('--user <id...>', 'only these users', userIdsOption)
    .option('--username <name...>', ONLY_NAMED)
    .addOption(new Option('--generator <generator>', 'what writes the advice (default: GENERATOR)').choices(['rules', 'llm']))
    .addOption(new Option('--mode <mode>', 'how a language model is asked (default: LLM_MODE)').choices(['calls', 'batch']))
    .option('--dry-run', 'judge and generate, but write no intervention')
    .option('--shadow', 'a dry run that also says where its advice differs from what is saved')
    .option('--wait', 'wait for the end, and do the work here when no worker is alive; 3 when users failed')
    .option('--stop-when-paused', STOP_WHEN_PAUSED)
    .option('--reason <text>', 'why, for the record (no personal data)')
    .option('--without-schedule <reason>', WITHOUT_SCHEDULE)
    .option('--chunk-size <users>', `most users a chunk holds, ${least} to ${most}`, wholeOption(least, most))
    .addOption(new Option('--on-existing <what>', 'what to do where an intervention is there').choices(['skip', 'regenerate']))
    .action((options: RunOptions & Json) => execute(options, async (shell) => (await import('./run/run.js')).run(shell, options)));
  command('forecast', 'say what a run would come to: users, tokens, cost and time')
    .addOption(new Option('--program <program>', 'what the advice is about (default: daily)').choices(PROGRAMS))
    .option('--date <date>', 'the day whose records are read, YYYY-MM-DD (default: yesterday, and today for sleep)', dateOption)
    .addOption(targetDateOption())
    .option('--user <id...>', 'only these users', userIdsOption)
    .option('--username <name...>', ONLY_NAMED)
    .addOption(new Option('--generator <generator>', 'what writes the advice (default: GENERATOR)').choices(['rules', 'llm']))
    .addOption(new Option('--on-existing <what>', 'what to do where an intervention is there').choices(['skip', 'regenerate']))
    .action((options: ForecastOptions & Json) =>
      execute(options, async (shell) => (await import('./run/forecast.js')).forecast(shell, options)),
    );
  command('watch', 'follow a run until it has ended: the latest active one, else the last; 3 when users failed')
    .argument('[runId]', 'id of the run', runIdArgument)
    .option('--stop-when-paused', STOP_WHEN_PAUSED)
    .action((runId: string | undefined, options: WatchOptions & Json) =>
      execute(options, async (shell) => (await import('./run/watch.js')).watch(shell, runId, options)),
    );
  command('events', 'list what happened in a run, oldest first')
    .argument('[runId]', 'id of the run; the latest active one, else the last', runIdArgument)
    .option('--follow', 'go on with what happens, until the run has ended')
    .option('--outcomes', 'one more line for each user')
    .action((runId: string | undefined, options: EventsOptions & Json) =>
      execute(options, async (shell) => (await import('./run/events.js')).events(shell, runId, options)),
    );
}

function addCare(command: AddCommand, execute: Execute): void {
  command('rebuild', 'make the views anew from the log, and tell where they differed')
    .option('--verify', 'compare the new ones with the log before they are kept; 1 when the old ones differed')
    .action((options: RebuildOptions & Json) =>
      execute(options, async (shell) => (await import('./database/rebuild.js')).rebuild(shell, options)),
    );
  command('doctor', 'check database, rights, tables, job store, disk and versions, and say what to do; 1 when there is a problem')
    .option('--invariants', 'also check that every promise of the log and of finished runs was kept; reads the whole log')
    .option('--after-restore', 'also say what is to be done about a database that was just restored')
    .action((options: DoctorOptions & Json) =>
      execute(options, async (shell) => (await import('./database/doctor.js')).doctor(shell, options)),
    );
  command('migrate', 'bring schema batch up to date, as every start does')
    .option('--service-role <role...>', 'gives a role that does not own the schema the rights of the service, and no others')
    .action((options: MigrateOptions & Json) =>
      execute(options, async (shell) => (await import('./database/migrate.js')).migrate(shell, options)),
    );
}
