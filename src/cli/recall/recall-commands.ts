import { InvalidArgumentError, type Command } from 'commander';
import { asTyped } from '../../base/as-typed.js';
import { isUuid } from '../../domain/ids.js';
import type { LocalDate } from '../../domain/local-date.js';
import type { Execute } from '../shell/execute.js';
import { dateOption, STOP_WHEN_PAUSED, wholeOption } from '../shell/option-values.js';
import { say } from '../words/catalogue.js';

type Json = { readonly json?: boolean };
type AddCommand = (name: string, description: string) => Command;

/** What to recall: exactly one of `dish`, `point` and `prompt`. */
export interface RecallSubject {
  readonly dish?: string;
  readonly point?: string;
  readonly wording?: number;
  readonly prompt?: string;
  readonly since?: LocalDate;
}

/** Options of `recall preview`, checked. */
export interface PreviewOptions extends RecallSubject {
  readonly rows?: number;
}

/** Options of `recall start`, checked. */
export interface RecallOptions extends RecallSubject {
  readonly allergen?: boolean;
  readonly reason?: string;
  readonly wait?: boolean;
  readonly stopWhenPaused?: boolean;
}

const WHY = 'why, for the record (no personal data)';
/** Most rows that are listed. */
const MAX_ROWS = 10_000;

/** Adds the commands on recalls. What they do is loaded when one is called. @param add makes a subcommand of `recall`, with `--json` */
export function registerRecallCommands(add: AddCommand, execute: Execute): void {
  withSubject(add('preview', 'count the advice that holds a dish, a point, a wording, or was written by a prompt; changes nothing'))
    .option('--rows <number>', 'also list so many of its rows (default: 0)', wholeOption(0, MAX_ROWS))
    .action((options: PreviewOptions & Json) =>
      execute(options, async (shell) => (await import('./recall.js')).recallPreview(shell, options)),
    );
  withSubject(add('start', 'take it out of all advice from now on, and have the advice for today and later that holds it written anew'))
    .option('--allergen', 'it is for an allergen: operators are alerted until every row is replaced')
    .option('--reason <text>', WHY)
    .option('--wait', 'wait for the end, and do the work here when no worker is alive; 3 when users failed')
    .option('--stop-when-paused', STOP_WHEN_PAUSED)
    .action((options: RecallOptions & Json) =>
      execute(options, async (shell) => (await import('./recall.js')).recallStart(shell, options)),
    );
  add('list', 'list the last recalls, and what became of their rows').action((options: Json) =>
    execute(options, async (shell) => (await import('./recall.js')).recallList(shell)),
  );
  add('lift', 'let advice that is written from now on hold it again')
    .argument('<recallId>', 'id of the recall', recallIdArgument)
    .option('--reason <text>', WHY)
    .action((recallId: string, options: Pick<RecallOptions, 'reason'> & Json) =>
      execute(options, async (shell) => (await import('./recall.js')).recallLift(shell, recallId, options)),
    );
}

function withSubject(command: Command): Command {
  return command
    .option('--dish <code>', 'a dish, by its code in data/dishes.csv')
    .option('--point <id>', 'a point, by its id in data/points')
    .option('--wording <number>', 'with --point: one of its wordings in the language of the service, from 0', wholeOption(0, 99))
    .option('--prompt <version>', 'what was written by a version of the prompt')
    .option('--since <date>', 'the first day that the advice was for, YYYY-MM-DD (default: seven days ago)', dateOption);
}

function recallIdArgument(text: string): string {
  if (!isUuid(text)) throw new InvalidArgumentError(say('expectRecall', { list: asTyped('recall list') }));
  return text.toLowerCase();
}
