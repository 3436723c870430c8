import { Option, type Command } from 'commander';
import { SIGNABLE_KINDS, type SignableKind } from '../../domain/signing/signable.js';
import { SIGNING_STATES, type SigningState } from '../../domain/signing/signature.js';
import type { Execute } from '../shell/execute.js';
import { wholeOption } from '../shell/option-values.js';

type Json = { readonly json?: boolean };

interface ListOptions extends Json {
  readonly kind?: string;
  readonly state?: string;
  readonly search?: string;
  readonly first: number;
  readonly text?: boolean;
}

const load = () => import('./signing.js');
const ROWS = 'rows, as their list names them: POINT.SWAP, WORDING.SWAP.ko.0, DISH.IBS-0001, INGREDIENT.garlic';
const small = (words: readonly string[]): string[] => words.map((word) => word.toLowerCase());

/** Adds the commands that sign rows. What they do is loaded when one is called. @param add makes a subcommand of `review`, with `--json` */
export function registerSigningCommands(add: (name: string, description: string) => Command, execute: Execute): void {
  add('signatures', 'list points, wordings, dishes and ingredients with their signatures, and how much is signed')
    .addOption(new Option('--kind <kind>', 'rows of one kind').choices(small(SIGNABLE_KINDS)))
    .addOption(new Option('--state <state>', 'rows whose signature stands so').choices(small(SIGNING_STATES)))
    .option('--search <text>', 'rows that hold a text, in either language')
    .option('--first <number>', 'how many rows (default: 20)', wholeOption(1, 1_000), 20)
    .option('--text', 'show all that a signature is for')
    .action(({ kind, state, search, first, text = false, ...json }: ListOptions) =>
      execute(json, async (shell) =>
        (await load()).reviewSignatures(shell, {
          first,
          text,
          ...(kind !== undefined && { kinds: [kind.toUpperCase() as SignableKind] }),
          ...(state !== undefined && { states: [state.toUpperCase() as SigningState] }),
          ...(search !== undefined && { search }),
        }),
      ),
    );
  add('sign', 'sign rows as this release has them now')
    .argument('<rows...>', ROWS)
    .action((ids: readonly string[], options: Json) => execute(options, async (shell) => (await load()).reviewSign(shell, { ids })));
  add('unsign', 'withdraw signatures: where advice is made of signed words alone, none is written with these rows from now on')
    .argument('<rows...>', ROWS)
    .option('--reason <text>', 'why, for the record (no personal data)')
    .action((ids: readonly string[], { reason, ...json }: Json & { readonly reason?: string }) =>
      execute(json, async (shell) => (await load()).reviewUnsign(shell, { ids, reason })),
    );
}
