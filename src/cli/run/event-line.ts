import type { RecordedEvent } from '../../application/ports.js';
import { padToWidth } from '../screen/text-width.js';
import { nameOf } from '../words/catalogue.js';
import { spokenLanguage } from '../words/language.js';
import { writeCursor } from '../../eventlog/cursor.js';

/** A fact of an event with more entries than this is shown as their number: a plan names every chunk. */
const MAX_ENTRIES = 8;

/** An event on a line: when, what, of whom, and its facts. @param timeZone IANA name of the zone that times are shown in */
export function eventLine({ recordedAt, type, stream, userId, data }: RecordedEvent, timeZone: string): string {
  const chunk = /\/(chunk-\d+)$/.exec(stream)?.[1];
  const of = userId !== null ? `user ${userId}` : (chunk ?? '');
  return [timeOf(recordedAt, timeZone), padToWidth(typeWords(type), 21), of.padEnd(12), factsOf(data as object)].join('  ').trimEnd();
}

/** An event as a JSON document, with the names that GraphQL uses. */
export function eventDocument({ cursor, type, stream, version, runId, userId, data, actor, recordedAt }: RecordedEvent): object {
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
