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
  readonly seed: number;
}

/** Plays a language model on the loopback address until it is told to end. */
export async function llmServe(shell: Shell, { port, latency, faults, seed }: LlmServeOptions): Promise<ExitCode> {
  const behave = drawnBehaviours(faults, { latencyMs: latency, seed });
  await using model = await openLocalModel({ port, behave });
  shell.print(say('localModel', { url: model.url }));
  shell.printJson({ url: model.url });
  await untilAborted(shell.signal);
  return EXIT.done;
}
