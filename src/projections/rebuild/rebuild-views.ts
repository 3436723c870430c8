import type pg from 'pg';
import { takeCensus, type Census } from './census.js';
import { type Difference, onSnapshot, type Mode } from './difference.js';
import { Pass } from './pass.js';

export type { Difference, ViewName } from './difference.js';

/** What a rebuild or a comparison found. */
export interface RebuildReport {
  /** Events in the log, or in the month that alone was looked at. */
  readonly events: number;
  /** Where the live views were not what the log says; the first 1,000. */
  readonly differences: readonly Difference[];
  /** Whether the views now hold what the log says; false for a comparison. */
  readonly replaced: boolean;
  readonly durationMs: number;
}

/** Told how far it is, in events; `total` counts an event once for each time the log is read. */
export type OnRebuilt = (done: number, total: number) => void;

/**
 * Makes the views anew from the log, while the service runs: writers wait until it is done, readers see the old rows until then.
 * What the live views had wrong is reported. A difference is a bug, of the service or of a person with a database client, or what an older release beside this one did not write.
 *
 * @param options.verify folds the log a second time, after replacing and before anything is committed, and compares again: views that are not equal
 *   to the log row for row are never left behind.
 * @throws InvalidEvent naming type and position, when the log holds an event that this release cannot read, or a stream has a gap; nothing is changed.
 */
export function rebuildViews(pool: pg.Pool, options: { verify: boolean; onProgress?: OnRebuilt }): Promise<RebuildReport> {
  const { verify, onProgress } = options;
  return reported(pool, 'replace', async (client, census) => {
    const told = progress(census, verify ? 2 : 1, onProgress);
    const replacing = new Pass(client, 'replace', told);
    await replacing.run(census);
    if (verify) await proveEqual(new Pass(client, 'compare', told), census);
    return replacing.differences;
  });
}

/**
 * Compares the live views with the log, row for row, on one snapshot of both. Changes and locks nothing, and keeps no follower waiting: it can be
 * run at any time. @throws InvalidEvent as `rebuildViews` does
 */
export function compareViews(pool: pg.Pool, options: { onProgress?: OnRebuilt } = {}): Promise<RebuildReport> {
  return reported(pool, 'compare', async (client, census) => {
    const comparing = new Pass(client, 'compare', progress(census, 1, options.onProgress));
    await comparing.run(census);
    return comparing.differences;
  });
}

/** Compares the runs and chunks of one month, given by its first day, with the log: before the month is let go, and nothing can make them anew. Reads no other month. @throws InvalidEvent */
export function compareMonth(pool: pg.Pool, month: string): Promise<RebuildReport> {
  const work: Work = async (client) => {
    const comparing = new Pass(client, 'compare', () => undefined);
    await comparing.runMonth(month);
    return comparing.differences;
  };
  return reported(pool, 'compare', work, month);
}

type Work = (client: pg.PoolClient, census: Census) => Promise<readonly Difference[]>;

async function reported(pool: pg.Pool, mode: Mode, work: Work, month?: string): Promise<RebuildReport> {
  const began = performance.now();
  const { events, differences } = await onSnapshot(pool, mode, async (client) => {
    const census = await takeCensus(client, month);
    return { events: census.events, differences: await work(client, census) };
  });
  return { events, differences, replaced: mode === 'replace', durationMs: Math.round(performance.now() - began) };
}

async function proveEqual(pass: Pass, census: Census): Promise<void> {
  await pass.run(census);
  const [first] = pass.differences;
  if (first === undefined) return;
  const { view, key, column, live, rebuilt } = first;
  throw new Error(
    `the rebuilt ${view} does not hold what the log says: ${key} has ${column} ${live}, expected ${rebuilt}. Nothing was changed; please report this.`,
  );
}

function progress({ events }: Census, passes: number, onProgress: OnRebuilt = () => undefined): (events: number) => void {
  let done = 0;
  return (more) => onProgress((done += more), events * passes);
}
