import type pg from 'pg';
import { CommandFailed } from '../shell/exit-code.js';
import { say } from '../words/catalogue.js';

const LOOK_MS = 2_000;
/** A restart of the database takes less. */
const PATIENCE = 10;

/** Tells when a database stays away: who follows a run tolerates a gap, and must not wait for ever. */
export interface DatabaseWatch {
  /** Never resolves; rejects with CommandFailed after about 20 s without an answer. */
  readonly lost: Promise<never>;
  stop(): void;
}

/** Asks every two seconds whether the database answers. */
export function watchDatabase(pool: Pick<pg.Pool, 'query'>): DatabaseWatch {
  let misses = 0;
  let timer: NodeJS.Timeout | undefined;
  const lost = new Promise<never>((_, reject) => {
    const missed = (): void => {
      misses += 1;
      if (misses >= PATIENCE) reject(new CommandFailed(say('databaseLost')));
    };
    timer = setInterval(() => void pool.query('select 1').then(() => (misses = 0), missed), LOOK_MS);
  });
  lost.catch(() => undefined); // it may come when no promise races against it any more
  return { lost, stop: () => clearInterval(timer) };
}
