import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { linkLines, logHeads } from '../../eventlog/log-heads.js';
import type { Queryable } from '../../eventlog/postgres-log.js';
import { letGoMonths } from '../../store/let-go-months.js';
import type { Manifest } from './archive-format.js';

/** What the log says of an archive: that it is its own, that it tells of another one, that its chain is not the one that the heads of the days cover, or that it never let that month go. */
export type LogSays = 'SAME' | 'OTHER' | 'OTHER_CHAIN' | 'NOT_LET_GO';

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
  if (!isSame) return 'OTHER';
  return (await isChained(db, manifest)) ? 'SAME' : 'OTHER_CHAIN';
}

/** Whether the log has the links of the archive still, and its head. An archive of before there was a chain has neither. */
async function isChained(db: Queryable, { month, chain, head }: Manifest): Promise<boolean> {
  if (chain === undefined) return true;
  const found = createHash('sha256');
  for (const line of await linkLines(db, month)) found.update(`${line}\n`);
  if (found.digest('hex') !== chain) return false;
  if (head === null || head === undefined) return true;
  return (await logHeads(db)).some(({ number, day, hash }) => number === head.number && day === head.day && hash === head.hash);
}
