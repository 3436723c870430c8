import type { AwaitedBatches } from '../../projections/queries/batch-queries.js';
import { count } from '../screen/figures.js';
import { say } from '../words/catalogue.js';

/** What a run waits for at its model's provider. */
export type Awaited = Pick<AwaitedBatches, 'batches' | 'requests' | 'until'>;

/** ms between two looks: batches take minutes to hours. */
const LOOK_MS = 2_000;

/** On a line for people. @param timeZone IANA name of the zone that the time is shown in */
export function awaitedLine({ batches, requests, until }: Awaited, timeZone: string): string {
  return say('batchesAwaited', { batches: count(batches), requests: count(requests), time: until.toLocaleString('sv-SE', { timeZone }) });
}

/** Tells what a run waits for, and again whenever that changes, until it is stopped. A look that fails is taken again: that the database is away is told elsewhere. */
export function watchBatches(look: () => Promise<Awaited | undefined>, timeZone: string, tell: (line: string) => void): { stop(): void } {
  let told: string | undefined;
  const lookOnce = async (): Promise<void> => {
    const found = await look();
    const line = found && awaitedLine(found, timeZone);
    if (line !== undefined && line !== told) tell(line);
    told = line;
  };
  const lookAgain = (): void => void lookOnce().catch(() => undefined);
  lookAgain();
  const timer = setInterval(lookAgain, LOOK_MS);
  return { stop: () => clearInterval(timer) };
}
