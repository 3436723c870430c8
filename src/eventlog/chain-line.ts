/** An event of the log as the chain has it. */
export interface ChainedEvent {
  readonly stream: string;
  readonly version: number;
  /** What is hashed of it, with the end of its line. */
  readonly text: string;
}

/** All columns of an event but its transaction id. */
export interface ChainColumns {
  readonly position: number | string;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly run_id: string | null;
  readonly run_month: string;
  readonly subject?: number | null;
  /** In the place of the subject, in archives of before migration 058. */
  readonly user_id?: number | null;
  readonly actor: string;
  readonly correlation_id: string;
  readonly causation_id: string | null;
}

/** What the chain hashes of an event: word for word what `batch.append` hashed (migrations 057 and 058). @param data as the text of its jsonb @param at in microseconds since 1970 */
export function chainedEvent(event: ChainColumns, data: string, at: bigint | string): ChainedEvent {
  const { position, stream, version, type, run_id, run_month, actor, correlation_id, causation_id } = event;
  const shared = [stream, run_month, run_id, actor, correlation_id, causation_id].map((value) => JSON.stringify(value)).join(', ');
  const own = `${position} ${version} ${event.subject ?? event.user_id ?? '-'} ${Buffer.byteLength(type)}:${type} ${data}`;
  return { stream, version, text: `[${shared}, ${at}] ${own}\n` };
}

// The data are taken as they stand, and not parsed: PostgreSQL writes JSON with spaces after commas, so that neither mark can be within them. Figures that JavaScript cannot hold stay what they are.
const [DATA, AFTER_DATA] = [',"data":', ',"actor":'];

/** The same of a line of an archive, which is the event's row as PostgreSQL's `row_to_json` gives it in a session in UTC. @returns undefined for a text that is no such row */
export function chainedLine(row: string): ChainedEvent | undefined {
  const mark = row.indexOf(DATA);
  const to = row.indexOf(AFTER_DATA, mark);
  const event = mark < 0 || to < 0 ? undefined : parsed(row.slice(0, mark) + row.slice(to));
  if (event === undefined) return undefined;
  const at = microseconds(event.recorded_at);
  if (typeof event.version !== 'number' || typeof event.type !== 'string' || at === undefined) return undefined;
  return chainedEvent(event, row.slice(mark + DATA.length, to), at);
}

function parsed(row: string): (ChainColumns & { readonly recorded_at: string }) | undefined {
  try {
    return JSON.parse(row) as ChainColumns & { readonly recorded_at: string };
  } catch {
    return undefined;
  }
}

/** Since 1970, of a time such as `2026-05-01T10:00:00.12+00:00`. */
function microseconds(time: unknown): bigint | undefined {
  const [, second = '', fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00:00$/.exec(String(time)) ?? [];
  const at = Date.parse(`${second}Z`);
  return Number.isNaN(at) ? undefined : BigInt(at) * 1000n + BigInt(fraction.padEnd(6, '0'));
}
