import type { LocalDate } from '../../domain/local-date.js';
import type { ProgramName } from '../../domain/program.js';
import { markOf } from '../../domain/recall/decide-recall.js';
import type { RecallCounts, RecallRun } from '../../domain/recall/recall-events.js';
import type { Recall } from '../../domain/recall/recall.js';
import { keptReason } from '../../domain/operator-reason.js';
import { eachOf } from '../each-of.js';
import { isRejection } from '../../domain/rejection.js';
import { decideRequest } from '../../domain/run/decide-request.js';
import { append } from '../decide-and-append.js';
import type { Deciding, Deps, Ordering, RecalledGroup, Transaction } from '../ports.js';
import { announceRuns } from '../run/enqueue-plans.js';
import { requestFacts } from '../run/request-facts.js';
import { beginRun } from '../run/request-run.js';
import { streamOfRecall } from '../written-streams.js';
import { todayOfRecalls } from './today-of-recalls.js';

/** What a recall is listed with. */
export type Listing = Deciding & Ordering & Pick<Deps, 'recalled' | 'recalls'>;

/** Lists each recall that has no list yet: its process died, or its database was away. */
export async function listRecalls(deps: Listing): Promise<void> {
  await eachOf(await deps.recalls.unlisted(), (recallId) => listRecall(deps, recallId));
}

/**
 * Counts the rows of a recall, and asks for a run for each program and record date that has rows to be replaced. A run waits for earlier ones of its date, which may have written more such rows: whom
 * it covers is found when it is planned. Does nothing for a recall that is listed. @returns the recall after it; undefined where there is none
 */
export async function listRecall(deps: Listing, recallId: string): Promise<Recall | undefined> {
  const asked = await deps.recalls.find(recallId);
  if (asked === undefined || asked.status === 'LISTED') return asked;
  const today = await deps.transaction((tx) => todayOfRecalls(deps, tx));
  const groups = await deps.recalled.count(asked.request.cause, asked.request.since as LocalDate);
  const counts = countsOf(groups, today);
  const recall = await deps.transaction(async (tx) => {
    const found = await tx.recalls.lock(recallId);
    if (found === undefined || found.status === 'LISTED') return found;
    const runs = await beginRuns(deps, tx, { recall: found, groups, today });
    return append(tx, streamOfRecall(recallId, found, found.actor), [{ type: 'RecallListed', data: { counts, runs } }]);
  });
  // After the commit: the runs are in the log by now, and the sweep finds them should these jobs be lost.
  await announceRuns(deps, recall?.runs.map(({ runId }) => runId) ?? []);
  return recall;
}

/** Rows by what becomes of them. */
export function countsOf(groups: readonly RecalledGroup[], today: LocalDate): RecallCounts {
  const counts = { replace: 0, past: 0, closed: 0 };
  const places = { REPLACE: 'replace', PAST: 'past', ACCOUNT_CLOSED: 'closed' } as const;
  for (const group of groups) counts[places[markOf(group, today)]] += group.rows;
  return counts;
}

interface Beginning {
  readonly recall: Recall;
  readonly groups: readonly RecalledGroup[];
  readonly today: LocalDate;
}

async function beginRuns(deps: Listing, tx: Transaction, { recall, groups, today }: Beginning): Promise<RecallRun[]> {
  const runs: RecallRun[] = [];
  for (const { program, recordDate, rows } of replaceable(groups, today)) {
    const { recallId, actor, request } = recall;
    const order = {
      trigger: 'RECALL',
      program,
      recordDate,
      onExisting: 'REGENERATE',
      recallId,
      waits: true,
      ...keptReason(request.reason),
    } as const;
    await tx.runs.lockDate(program, recordDate); // an order for the date that comes from now on finds this run
    // It needs no schedule, and waits for an active run of its date instead of being refused: what it replaces is a danger.
    const decision = decideRequest(order, requestFacts(deps, today));
    if (isRejection(decision)) continue; // a date that no run may have: the rows are counted, and a preview goes on telling of them
    const runId = deps.idOf('recall', recallId, program, recordDate);
    await beginRun(deps, tx, { runId, request: decision, actor });
    runs.push({ runId, program, recordDate, rows });
  }
  return runs;
}

/** Programs and record dates with rows to be replaced, in one order: of two recalls one waits for the other. */
function replaceable(
  groups: readonly RecalledGroup[],
  today: LocalDate,
): { readonly program: ProgramName; readonly recordDate: LocalDate; readonly rows: number }[] {
  const found = new Map<string, { program: ProgramName; recordDate: LocalDate; rows: number }>();
  for (const group of groups) {
    if (markOf(group, today) !== 'REPLACE') continue;
    const key = `${group.recordDate} ${group.program.name}`;
    const before = found.get(key)?.rows ?? 0;
    found.set(key, { program: group.program.name, recordDate: group.recordDate, rows: before + group.rows });
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
