import { Argument, InvalidArgumentError, type Command } from 'commander';
import { asTyped } from '../../base/as-typed.js';
import { MARK_VERDICTS, type MarkVerdict } from '../../domain/review/mark-events.js';
import { rowKey, type RowKey } from '../../domain/review/row-key.js';
import type { Execute } from '../shell/execute.js';
import { wholeOption } from '../shell/option-values.js';
import { say } from '../words/catalogue.js';

type Json = { readonly json?: boolean };
type AddCommand = (name: string, description: string) => Command;

/** Options of `review sample`, checked. */
export interface SampleOptions {
  readonly first: number;
  readonly advice?: boolean;
}

/** Options of `review mark`, checked. */
export interface MarkOptions {
  readonly point?: readonly string[];
  readonly dish?: readonly string[];
  readonly note?: string;
  readonly turnOff?: boolean;
  readonly recall?: boolean;
  readonly allergen?: boolean;
}

/** Options of `review off` and `review on`. */
export interface TurnOptions {
  readonly reason?: string;
}

const WHY = 'why, for the record (no personal data)';

const load = () => import('./review.js');

/** Adds the commands of a reviewer. What they do is loaded when one is called. @param add makes a subcommand of `review`, with `--json` */
export function registerReviewCommands(add: AddCommand, execute: Execute): void {
  add('sample', 'list advice of the last nights that is worth a look, without names, the greatest risk first; each look is recorded')
    .option('--first <number>', 'how many rows (default: 20)', wholeOption(1, 100), 20)
    .option('--advice', 'also show the texts, and the allergies and restrictions of the patient')
    .action((options: SampleOptions & Json) => execute(options, async (shell) => (await load()).reviewSample(shell, options)));
  add('mark', 'keep what you say of a row, and turn points off or start a recall with it')
    .argument('<row>', 'a row of the sample', rowArgument)
    .addArgument(new Argument('<verdict>', 'what you say of it').choices(MARK_VERDICTS.map((each) => each.toLowerCase())))
    .option('--point <id>', 'a point that it is about (may be given several times)', several)
    .option('--dish <code>', 'a dish that it is about (may be given several times)', several)
    .option('--note <text>', WHY)
    .option('--turn-off', 'turn the points off: no advice is written with them from now on')
    .option('--recall', 'recall the one point or dish: advice for today and later that holds it is written anew')
    .option('--allergen', 'with --recall: it is for an allergen, and operators are alerted')
    .action((row: RowKey, verdict: string, options: MarkOptions & Json) =>
      execute(options, async (shell) =>
        (await load()).reviewMark(shell, { row, verdict: verdict.toUpperCase() as MarkVerdict, ...options }),
      ),
    );
  add('marks', 'list the last marks').action((options: Json) => execute(options, async (shell) => (await load()).reviewMarks(shell)));
  add('points', 'list points that were turned off').action((options: Json) =>
    execute(options, async (shell) => (await load()).reviewPoints(shell)),
  );
  for (const [name, isOff, what] of [
    ['off', true, 'turn a point off: no advice is written with it from now on; saved advice stays'],
    ['on', false, 'turn a point on again'],
  ] as const)
    add(name, what)
      .argument('<point>', 'a point, by its id in data/points')
      .option('--reason <text>', WHY)
      .action((point: string, options: TurnOptions & Json) =>
        execute(options, async (shell) => (await load()).reviewTurn(shell, { point, isOff, ...options })),
      );
}

function several(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), text];
}

function rowArgument(text: string): RowKey {
  const row = rowKey(text);
  if (row === undefined) throw new InvalidArgumentError(say('expectRow', { list: asTyped('review sample') }));
  return row;
}
