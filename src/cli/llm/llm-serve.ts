import { drawnBatches } from '../../local-model/batch-faults.js';
import { drawnBehaviours } from '../../local-model/behaviour.js';
import { openLocalModel } from '../../local-model/local-model.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import { untilAborted } from '../shell/interruption.js';
import type { Shell } from '../shell/shell.js';
import { say } from '../words/catalogue.js';

/** Options of `llm serve`, checked but for `faults`. */
export interface LlmServeOptions {
  readonly port: number;
  /** ms before each answer. */
  readonly latency: number;
  readonly faults: string;
  /** ms until a batch has ended. */
  readonly batchDelay: number;
  readonly batchFaults: string;
  /** A folder that files, batches and the account outlive the process in. */
  readonly keep?: string;
  readonly seed: number;
}

/** Plays a language model on the loopback address until it is told to end. */
export async function llmServe(
  shell: Shell,
  { port, latency, faults, batchDelay, batchFaults, keep, seed }: LlmServeOptions,
): Promise<ExitCode> {
  const behave = drawnBehaviours(faults, { latencyMs: latency, seed });
  const behaveBatch = drawnBatches(batchFaults, { delayMs: batchDelay, seed });
  await using model = await openLocalModel({ port, behave, behaveBatch, ...(keep !== undefined && { folder: keep }) });
  shell.print(say('localModel', { url: model.url }));
  shell.printJson({ url: model.url });
  await untilAborted(shell.signal);
  return EXIT.done;
}
