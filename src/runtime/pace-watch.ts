import { LOOK_MS, watchingReaders } from '../application/chunk/lane-pace.js';
import type { Config } from '../config/config.js';
import { parseAddress } from '../database/address.js';
import { PostgresReaderWatch } from '../records/reader-watch.js';
import { Repeating } from '../base/repeating.js';
import type { Logger } from '../server/http/options.js';
import type { Core } from './core.js';

/** What makes a worker's lanes give way to other readers of the database; undefined where they are not to: `auto` leaves out the embedded one, which has no others. */
export function makePaceWatch(config: Config, { deps, pool }: Core, logger: Logger): Repeating | undefined {
  const { BATCH_GIVE_WAY: choice, DATABASE_URL: url, WORKER_LANES: lanes } = config;
  if (choice === 'off' || (choice === 'auto' && url === undefined)) return undefined;
  const { pace } = deps.room;
  pace.bound(lanes);
  const readers = new PostgresReaderWatch(pool, url === undefined ? OWN_NAME : parseAddress(url).applicationName);
  const work = watchingReaders(pace, readers, (seen) => logger.info(seen, 'the pace of the lanes changed: other readers of the database'));
  // A look that fails says nothing of readers: the next one may.
  return new Repeating({ work, everyMs: LOOK_MS, onFailure: () => undefined, farewellMs: 0 });
}

/** What connections are called without a name in their address. */
const OWN_NAME = 'ibsafe-batch';
