import type { ReaderWatch } from '../ports/readers.js';
import type { LanePace, PaceSeen } from './lane-pace.js';

/** ms between two looks while a lane computes. */
export const LOOK_MS = 250;
/** While none does, one of so many times is a look: it finds out what readers take alone. */
const IDLE_EVERY = 20;

/** What is to be done every `LOOK_MS`: the pace of lanes follows what is seen of readers. @param onChange told of another pace */
export function watchingReaders(pace: LanePace, readers: ReaderWatch, onChange: (seen: PaceSeen) => void): () => Promise<void> {
  let idle = 1; // not at once: a process that starts is a load itself
  return async () => {
    if (pace.isBusy) idle = 0;
    else if (idle++ % IDLE_EVERY !== 0) return;
    if (pace.look(await readers.look())) onChange(pace.seen);
  };
}
