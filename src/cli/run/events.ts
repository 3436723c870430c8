import type { RecordedEvent } from '../../application/ports.js';
import { recordBefore } from '../audit/record-before.js';
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
    if (outcomes) await recordBefore(core, { what: 'events --outcomes', run: { runId: run.runId, month, users: run.roster ?? 0 } });
    const following = { pollMs: config.BATCH_POLL_MS, subscribe: (listener: (id: string) => void) => core.wakeUps.subscribe(listener) };
    const wanted = { run: { runId: run.runId, month }, outcomes, follow, signal, ...following };
    for await (const event of runEventStream(core.log, wanted)) {
      const named = outcomes ? undefined : namedIn(event);
      if (named !== undefined) await recordBefore(core, { what: 'events', userIds: named });
      print(eventLine(event, config.BATCH_TIME_ZONE));
      printJson(eventDocument(event));
    }
    return EXIT.done;
  });
}

/** Users that an event names: those whom a run was asked for. */
function namedIn({ data }: RecordedEvent): readonly number[] | undefined {
  return (data as { readonly userIds?: readonly number[] }).userIds;
}
