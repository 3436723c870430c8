import { stat } from 'node:fs/promises';
import type { Queryable } from '../../eventlog/postgres-log.js';
import { letGoMonths } from '../../store/let-go-months.js';
import type { Manifest } from './archive-format.js';

/** What the log says of an archive: that it is its own, that it tells of another one, or that it never let that month go. */
export type LogSays = 'SAME' | 'OTHER' | 'NOT_LET_GO';

/** Compares a file that is sound in itself with what the log says that it wrote: the log is out of reach of an editor who packs a changed archive anew. */
export async function compareWithLog(db: Queryable, path: string, manifest: Manifest): Promise<LogSays> {
  const month = (await letGoMonths(db)).find((each) => each.month === manifest.month);
  if (month === undefined) return 'NOT_LET_GO';
  const { sha256, events, firstPosition, lastPosition, bytes } = month.told;
  const isSame =
    sha256 === manifest.sha256 &&
    events === manifest.events &&
    firstPosition === manifest.firstPosition &&
    lastPosition === manifest.lastPosition &&
    bytes === (await stat(path)).size;
  return isSame ? 'SAME' : 'OTHER';
}
