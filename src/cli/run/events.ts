import { withCore } from '../database/command-database.js';
import { eventDocument, eventLine } from './event-line.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import { runEventStream } from '../../feeds/run-event-stream.js';
import { whereEventsAre } from '../../lifecycle/retention/refusal-words.js';
import { lookUpRun } from './run-lookup.js';
import type { Shell } from '../shell/shell.js';

/** Options of `events`. */
export interface EventsOptions {
  readonly follow?: boolean;
  readonly outcomes?: boolean;
}

/** Lists the events of a run, oldest first, and with `follow` those that come. JSON: a line for each. */
export async function events(
  shell: Shell,
  runId: string | undefined,
  { follow = false, outcomes = false }: EventsOptions,
): Promise<ExitCode> {
  const { config, signal, print, printJson } = shell;
  return withCore(shell, 'existing', async (core) => {
    const { run, month } = await lookUpRun(core, runId);
    const gone = await core.deps.outcomes.letGo(month);
    if (gone !== undefined) throw new CommandFailed(whereEventsAre(run.runId, gone));
    const following = { pollMs: config.BATCH_POLL_MS, subscribe: (listener: (id: string) => void) => core.wakeUps.subscribe(listener) };
    const wanted = { run: { runId: run.runId, month }, outcomes, follow, signal, ...following };
    for await (const event of runEventStream(core.log, wanted)) {
      print(eventLine(event, config.BATCH_TIME_ZONE));
      printJson(eventDocument(event));
    }
    return EXIT.done;
  });
}
