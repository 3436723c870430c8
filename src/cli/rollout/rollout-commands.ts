import { InvalidArgumentError, Option, type Command } from 'commander';
import { asTyped } from '../../base/as-typed.js';
import { isUuid } from '../../domain/ids.js';
import { PROGRAMS, type ProgramName } from '../../domain/program.js';
import { THRESHOLD_RANGES, type Thresholds } from '../../domain/rollout/stop-rule.js';
import type { Execute } from '../shell/execute.js';
import { wholeOption } from '../shell/option-values.js';
import { say } from '../words/catalogue.js';

type Json = { readonly json?: boolean };
type Why = { readonly reason?: string };
type AddCommand = (name: string, description: string) => Command;

/** Options of `rollout start`, checked. */
export interface StartOptions extends Why, Partial<Omit<Thresholds, 'priceMicros'>> {
  readonly share: number;
  readonly program: ProgramName;
  readonly against?: 'rules' | 'llm';
  readonly seed?: string;
  /** US$ for 1,000 patients. */
  readonly price?: number;
}

const WHY = 'why, for the record (no personal data)';

/** Adds the commands on rollouts. What they do is loaded when one is called. @param add makes a subcommand of `rollout`, with `--json` */
export function registerRolloutCommands(add: AddCommand, execute: Execute): void {
  withThresholds(add('start', 'give a share of the patients the configured candidate, from the next chunk on'))
    .addOption(new Option('--share <percent>', 'of the patients, 1 to 100').argParser(wholeOption(1, 100)).makeOptionMandatory())
    .addOption(new Option('--program <program>', 'daily or sleep').choices(PROGRAMS).default('daily'))
    .addOption(new Option('--against <generator>', 'runs of this generator take part (default: GENERATOR)').choices(['rules', 'llm']))
    .option('--seed <seed>', 'what patients are drawn by (default: one of its own)')
    .option('--reason <text>', WHY)
    .action((options: StartOptions & Json) =>
      execute(options, async (shell) => (await import('./rollout.js')).rolloutStart(shell, options)),
    );
  add('list', 'list the last rollouts').action((options: Json) =>
    execute(options, async (shell) => (await import('./rollout.js')).rolloutList(shell)),
  );
  withId(add('show', 'show both sides of a rollout side by side')).action((rolloutId: string, options: Json) =>
    execute(options, async (shell) => (await import('./rollout.js')).rolloutShow(shell, rolloutId)),
  );
  withId(add('share', 'give a rollout another share of the patients'))
    .argument('<percent>', 'of the patients, 1 to 100', wholeOption(1, 100))
    .option('--reason <text>', WHY)
    .action((rolloutId: string, sharePercent: number, options: Why & Json) =>
      execute(options, async (shell) =>
        (await import('./rollout.js')).rolloutOrder(shell, rolloutId, { order: 'SHARE', sharePercent, ...whyOf(options) }),
      ),
    );
  for (const [name, order, what] of [
    ['stop', 'STOP', 'stop a rollout: all patients get the version in force'],
    ['promote', 'PROMOTE', 'give all patients the candidate, until the configuration has it'],
  ] as const) {
    withId(add(name, what))
      .option('--reason <text>', WHY)
      .action((rolloutId: string, options: Why & Json) =>
        execute(options, async (shell) => (await import('./rollout.js')).rolloutOrder(shell, rolloutId, { order, ...whyOf(options) })),
      );
  }
}

function whyOf({ reason }: Why): Why {
  return reason === undefined ? {} : { reason };
}

function withId(command: Command): Command {
  return command.argument('<rolloutId>', 'id of the rollout', rolloutIdArgument);
}

const whole = (name: keyof Thresholds): ReturnType<typeof wholeOption> =>
  wholeOption(THRESHOLD_RANGES[name].least, THRESHOLD_RANGES[name].most);

function withThresholds(command: Command): Command {
  return command
    .option('--least-users <number>', 'patients of the candidate before anything is concluded (default: 200)', whole('leastUsers'))
    .option(
      '--relative-percent <percent>',
      'allowed of each figure of the version in force, on top of it (default: 50)',
      whole('relativePercent'),
    )
    .option(
      '--gate-drops-percent <percent>',
      'more patients whose answers the gate may drop or refuse (default: 5)',
      whole('gateDropsPercent'),
    )
    .option('--fallbacks-percent <percent>', 'more patients whose advice the rules may write (default: 5)', whole('fallbacksPercent'))
    .option('--failures-percent <percent>', 'more patients that may fail (default: 2)', whole('failuresPercent'))
    .option('--falsehoods-percent <percent>', 'more judged rows that may hold something untrue (default: 0)', whole('falsehoodsPercent'))
    .option('--price <dollars>', 'more that 1,000 patients may cost, whole US$ (default: 1)', wholeOption(0, 1_000));
}

function rolloutIdArgument(text: string): string {
  if (!isUuid(text)) throw new InvalidArgumentError(say('expectRollout', { list: asTyped('rollout list') }));
  return text.toLowerCase();
}
