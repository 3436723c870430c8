import { InvalidArgumentError, type Command } from 'commander';
import { drawnBatches } from '../../local-model/batch-faults.js';
import { drawnBehaviours } from '../../local-model/behaviour.js';
import type { LlmServeOptions } from './llm-serve.js';
import { wholeOption } from '../shell/option-values.js';
import type { Execute } from '../shell/execute.js';

/** Adds the commands on language models. @param add makes a subcommand of `llm`, with `--json` */
export function registerLlmCommands(add: (name: string, description: string) => Command, execute: Execute): void {
  add('serve', 'play a language model on this machine, for a trial or a demonstration; ends with Ctrl-C')
    .option('--port <number>', 'port to listen on, 0 for any free one', wholeOption(0, 65_535), 11_435)
    .option('--latency <ms>', 'ms before each answer', wholeOption(0, 600_000), 0)
    .option('--faults <shares>', 'faults and their shares, such as 429=0.05,unsafe=0.1,hang=0.01', faultsOption, '')
    .option('--batch-delay <ms>', 'ms until a batch has ended', wholeOption(0, 86_400_000), 0)
    .option('--batch-faults <shares>', 'faults of batches and their shares, such as expires=0.1,half=0.2', batchFaultsOption, '')
    .option('--keep <folder>', 'folder that files, batches and the account outlive this process in')
    .option('--seed <number>', 'seed of the faults', wholeOption(0, 4_294_967_295), 1)
    .action((options: LlmServeOptions & { readonly json?: boolean }) =>
      execute(options, async (shell) => (await import('./llm-serve.js')).llmServe(shell, options)),
    );
}

function faultsOption(text: string): string {
  return checked(text, () => drawnBehaviours(text, { latencyMs: 0, seed: 1 }));
}

function batchFaultsOption(text: string): string {
  return checked(text, () => drawnBatches(text, { delayMs: 0, seed: 1 }));
}

function checked(text: string, draw: () => unknown): string {
  try {
    draw();
    return text;
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}
