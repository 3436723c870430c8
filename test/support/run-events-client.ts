import { subscribe } from './graphql-client.js';

const EVENTS = `subscription ($runId: UUID!, $after: String, $withOutcomes: Boolean!) {
  runEvents(runId: $runId, after: $after, withOutcomes: $withOutcomes) { cursor type stream version userId actor }
}`;

/** An event as a subscriber sees it. */
export interface SeenEvent {
  readonly cursor: string;
  readonly type: string;
  readonly stream: string;
  readonly version: number;
  readonly userId: number | null;
  readonly actor: string;
}

/** Follows a run's events to its end. */
export async function* followEvents(
  url: string,
  runId: string,
  { after = null, withOutcomes = false }: { after?: string | null; withOutcomes?: boolean } = {},
): AsyncGenerator<SeenEvent> {
  for await (const { runEvents } of subscribe<{ runEvents: SeenEvent }>(url, EVENTS, { runId, after, withOutcomes })) yield runEvents;
}

/** Follows a run with a client that loses its connection after every `most` events, and comes back with the last cursor it has. */
export async function followWithBreaks(url: string, runId: string, options: { most: number; withOutcomes: boolean }): Promise<SeenEvent[]> {
  const seen: SeenEvent[] = [];
  for (let before = -1; before < seen.length;) {
    before = seen.length;
    for await (const event of followEvents(url, runId, { after: seen.at(-1)?.cursor ?? null, withOutcomes: options.withOutcomes })) {
      seen.push(event);
      if (seen.length === before + options.most) break;
    }
  }
  return seen;
}
