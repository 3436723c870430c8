import { sentenceOf } from '../words/refusal.js';
import type { RecordedEvent } from '../../application/ports.js';
import { personsNamed } from '../../domain/run/named-persons.js';
import { recordBefore } from '../audit/record-before.js';
import { withCore } from '../database/command-database.js';
import { CommandFailed, EXIT, type ExitCode } from '../shell/exit-code.js';
import { runEventStream } from '../../feeds/run-event-stream.js';
import { whereEventsAre } from '../../lifecycle/retention/refusal-words.js';
import { lookUpRun } from './run-lookup.js';
import type { Shell } from '../shell/shell.js';
import { padToWidth } from '../screen/text-width.js';
import { nameOf, say } from '../words/catalogue.js';
import { spokenLanguage } from '../words/language.js';
import { writeCursor } from '../../eventlog/cursor.js';

/** A fact of an event with more entries than this is shown as their number: a plan names every chunk. */
const MAX_ENTRIES = 8;

/** An event on a line: its time, type, user and facts. @param timeZone IANA name of the zone that times are shown in */
function eventLine({ recordedAt, type, stream, userId, data }: RecordedEvent, timeZone: string): string {
  const chunk = /\/(chunk-\d+)$/.exec(stream)?.[1];
  const of = userId !== null ? say('ofUser', { user: userId }) : (chunk ?? '');
  return [timeOf(recordedAt, timeZone), padToWidth(typeWords(type), 21), padToWidth(of, 12), factsOf(data as object)].join('  ').trimEnd();
}

/** An event as a JSON document, with the names that GraphQL uses. */
function eventDocument({ cursor, type, stream, version, runId, userId, data, actor, recordedAt }: RecordedEvent): object {
  return { cursor: writeCursor(cursor), type, stream, version, runId, userId, data, actor, recordedAt };
}

/** In English the type itself, by which the log is searched. */
function typeWords(type: string): string {
  return spokenLanguage() === 'en' ? type : nameOf('EventType', type);
}

function timeOf(iso: string, timeZone: string): string {
  return new Date(iso).toLocaleString('sv-SE', { timeZone }); // Sweden writes 2026-10-02 09:00:00
}

function factsOf(data: object): string {
  return Object.entries(data)
    .map(([name, value]) => `${name}=${factOf(value)}`)
    .join(' ');
}

function factOf(value: unknown): string {
  if (Array.isArray(value)) return value.length > MAX_ENTRIES || typeof value[0] === 'object' ? `(${value.length})` : value.join(',');
  if (typeof value === 'object' && value !== null) return `{${factsOf(value)}}`;
  return String(value);
}

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
    if (gone !== undefined) throw new CommandFailed(sentenceOf(whereEventsAre(run.runId, gone)));
    if (outcomes) await recordBefore(core, { what: 'events --outcomes', run: { runId: run.runId, month, users: run.roster ?? 0 } });
    const following = { pollMs: config.BATCH_POLL_MS, subscribe: (listener: (id: string) => void) => core.wakeUps.subscribe(listener) };
    const wanted = { run: { runId: run.runId, month }, outcomes, follow, signal, ...following };
    for await (const event of runEventStream(core.log, wanted)) {
      const named = outcomes ? [] : personsNamed(event.data);
      if (named.length > 0) await recordBefore(core, { what: 'events', userIds: named });
      print(eventLine(event, config.BATCH_TIME_ZONE));
      printJson(eventDocument(event));
    }
    return EXIT.done;
  });
}
