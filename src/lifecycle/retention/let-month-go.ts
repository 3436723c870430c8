import { LOCK_NOT_AVAILABLE } from '../../database/connect.js';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { localDate } from '../../domain/local-date.js';
import type { LetGoMonth } from '../../domain/retention/retention.js';
import { codeOf } from '../../base/error-code.js';
import { encode } from '../../eventlog/codec.js';
import { lastHead } from '../../eventlog/log-heads.js';
import { compareMonth } from '../../projections/rebuild/rebuild-views.js';
import { archiveName, type Manifest } from '../archive/archive-format.js';
import { ArchiveDamaged } from '../archive/archive-lines.js';
import { differingKeys } from '../archive/content.js';
import { monthChain } from '../archive/month-chain.js';
import { linesOfMonth } from '../archive/month-lines.js';
import { verifyArchive } from '../archive/read-archive.js';
import { contentOf, giveName, writeBeside } from '../archive/write-archive.js';
import { folderFault, NO_ROOM } from '../archive/folder-fault.js';
import { heldBy, type Held } from './month-facts.js';
import { inTransaction } from '../../database/in-transaction.js';
import { untilAnswered } from '../../database/until-answered.js';

/** The steps of a month on its way out, in their order. A process that dies at any of them is followed by one that begins anew and uses what it finds. */
export const STEPS = ['BEGUN', 'WRITTEN', 'VERIFIED', 'NAMED', 'DROPPED', 'LET_GO'] as const;
export type Step = (typeof STEPS)[number];

/** What a month is let go with. */
export interface Ground {
  /** Its statements have no limit of time. */
  readonly pool: pg.Pool;
  readonly archiveDir: string;
  readonly actor: string;
  readonly onStep?: (month: string, step: Step) => void;
}

/** What became of a month. */
export type MonthDone = { readonly letGo: LetGoMonth } | { readonly held: Held };

/**
 * Archives a month, reads the archive back, says so in the log and drops the month, or says what keeps it. The last two are one transaction: a month is in the
 * log, or the log says where it is, and never both or neither. Callers see to it that one at a time does this.
 */
export async function letMonthGo(ground: Ground, month: string): Promise<MonthDone> {
  const { pool, onStep = () => undefined } = ground;
  const held = (await heldBy(pool, month)) ?? (await viewsDiffer(pool, month)) ?? (await chainDiffers(pool, month));
  if (held !== undefined) return { held };
  onStep(month, 'BEGUN');
  const archived = await archive(ground, month).catch(heldByFolder);
  return 'held' in archived ? archived : drop(ground, month, archived);
}

/** What the views hold of a month cannot be made anew once it is gone: it must be right. */
async function viewsDiffer(pool: pg.Pool, month: string): Promise<Held | undefined> {
  const { differences } = await compareMonth(pool, month);
  return differences.length === 0 ? undefined : { code: 'VIEWS_DIFFER', count: differences.length, runId: null };
}

/** Once the month is gone nothing asks its events any more: an archive is made of events that were not tampered with. */
async function chainDiffers(pool: pg.Pool, month: string): Promise<Held | undefined> {
  const faults = await inTransaction(pool, SNAPSHOT, (client) => monthChain(client, month));
  return faults.length === 0 ? undefined : { code: 'CHAIN_DIFFERS', count: faults.length, runId: null };
}

const SNAPSHOT = 'isolation level repeatable read read only';

interface Archived {
  readonly manifest: Manifest;
  readonly bytes: number;
}

async function archive({ pool, archiveDir, onStep = () => undefined }: Ground, month: string): Promise<Archived | { held: Held }> {
  const path = join(archiveDir, archiveName(month));
  const lines = <T>(work: (events: ReturnType<typeof linesOfMonth>) => Promise<T>): Promise<T> =>
    inTransaction(pool, SNAPSHOT, (client) => work(linesOfMonth(client, month)));
  const there = await sizeOf(path);
  if (there !== undefined) {
    // A process that died had come so far, or the file is of another process: the log itself decides.
    const [found, wanted] = [await readBack(path), await lines((events) => contentOf(month, events))];
    if (found === undefined || differingKeys(found, wanted).length > 0) return { held: { code: 'ARCHIVE_DIFFERS', count: 1, runId: null } };
    return { manifest: found, bytes: there };
  }
  const last = await lastHead(pool);
  const head = last === undefined ? null : { number: last.number, day: last.day, hash: last.hash };
  const { held: manifest, beside } = await lines((events) => writeBeside(path, month, events, head));
  onStep(month, 'WRITTEN');
  const found = await readBack(beside);
  if (found === undefined || differingKeys(found, manifest).length > 0)
    return { held: { code: 'ARCHIVE_UNWRITABLE', count: 1, runId: null, fault: 'READS_OTHERWISE' } };
  onStep(month, 'VERIFIED');
  const bytes = await giveName(beside, path);
  onStep(month, 'NAMED');
  return { manifest, bytes };
}

/** The folder is a disk of the operator's, which may be full, read-only or away for this month, and be there for the next try. @throws what is no fault of it */
function heldByFolder(error: unknown): { held: Held } {
  const fault = folderFault(error);
  if (fault === undefined) throw error;
  const code = NO_ROOM.has(fault) ? 'ARCHIVE_NO_ROOM' : 'ARCHIVE_UNWRITABLE';
  return { held: { code, count: 1, runId: null, fault } };
}

async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function readBack(path: string): Promise<Manifest | undefined> {
  try {
    return await verifyArchive(path);
  } catch (error) {
    if (error instanceof ArchiveDamaged) return undefined;
    throw error;
  }
}

// All readers and writers of the log wait while the drop waits for earlier ones.
const BRIEFLY = "set local lock_timeout = '1s'";
/** Tries, and ms between two of them, in which other sessions go on. */
const [TRIES, PAUSE_MS] = [4, 2_000];
async function drop(ground: Ground, month: string, archived: Archived): Promise<MonthDone> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const dropIn = (client: pg.PoolClient): Promise<MonthDone> => dropWithin(client, ground, month, archived);
      const done = await inTransaction(ground.pool, '', dropIn, () => isGone(ground.pool, month));
      if ('letGo' in done) ground.onStep?.(month, 'LET_GO');
      return done;
    } catch (error) {
      if (error instanceof ArchiveGone) return { held: { code: 'ARCHIVE_GONE', count: 1, runId: null } };
      if (codeOf(error) !== LOCK_NOT_AVAILABLE) throw error;
      if (attempt === TRIES) return { held: { code: 'LOG_BUSY', count: 1, runId: null } };
    }
    await sleep(PAUSE_MS);
  }
}

/** Whether a month was let go. Never rejects. */
function isGone(pool: pg.Pool, month: string): Promise<boolean> {
  const look = async (): Promise<boolean> =>
    (await pool.query('select from batch.let_go_month where month = $1::date', [month])).rowCount !== 0;
  return untilAnswered(look).catch(() => false);
}

/** The archive that was found good is not there any more. */
class ArchiveGone extends Error {}

async function dropWithin(
  client: pg.PoolClient,
  { actor, archiveDir, onStep = () => undefined }: Ground,
  month: string,
  { manifest, bytes }: Archived,
): Promise<MonthDone> {
  const held = await heldBy(client, month);
  if (held !== undefined) return { held };
  const { sha256, events, firstPosition, lastPosition } = manifest;
  const told = { runs: await runsOf(client, month), events, firstPosition, lastPosition, file: archiveName(month), bytes, sha256 };
  const correlationId = await newId(client);
  await client.query(BRIEFLY);
  const { rows } = await client.query<{ at: Date }>('select batch.let_month_go($1::date, $2, $3, $4::jsonb) as at', [
    month,
    actor,
    correlationId,
    JSON.stringify(encode('MonthLetGo', told)),
  ]);
  onStep(month, 'DROPPED');
  // The last look before it is for good: what it waited for may have taken a while.
  if ((await sizeOf(join(archiveDir, archiveName(month))).catch(() => undefined)) !== bytes) throw new ArchiveGone();
  return { letGo: { month: localDate(month), told, actor, letGoAt: rows[0]?.at.toISOString() ?? '' } };
}

async function runsOf(client: pg.PoolClient, month: string): Promise<number> {
  const { rows } = await client.query<{ runs: number }>('select count(*)::int as runs from batch.run_view where run_month = $1::date', [
    month,
  ]);
  return rows[0]?.runs ?? 0;
}

async function newId(client: pg.PoolClient): Promise<string> {
  const { rows } = await client.query<{ id: string }>('select gen_random_uuid() as id');
  return rows[0]?.id ?? '';
}
