import { asTyped } from '../../base/as-typed.js';
import type { MarkedRow } from '../../application/ports.js';
import { liftRecall } from '../../application/recalls/lift-recall.js';
import { previewRecall, recalledRows, type RecallPreview } from '../../application/recalls/preview-recall.js';
import { requestRecall } from '../../application/recalls/request-recall.js';
import { markOf, type RequestRecall } from '../../domain/recall/decide-recall.js';
import { subjectOf, type RecallCause } from '../../domain/recall/recall-cause.js';
import type { Recall } from '../../domain/recall/recall.js';
import { isRejection } from '../../domain/rejection.js';
import { RecallQueries } from '../../projections/queries/recall-queries.js';
import type { Core } from '../../runtime/core.js';
import { recordBefore } from '../audit/record-before.js';
import { withCore } from '../database/command-database.js';
import { refuseRun } from '../run/asked-run.js';
import { noWorker } from '../run/living-workers.js';
import { lookUpRun } from '../run/run-lookup.js';
import { waitForRun } from '../run/wait-for-run.js';
import { withWorkPlace } from '../run/work-place.js';
import { count } from '../screen/figures.js';
import { tableLines } from '../screen/table.js';
import { CommandFailed, EXIT, worseOf, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { nameOf, say } from '../words/catalogue.js';
import type { PreviewOptions, RecallOptions, RecallSubject } from './recall-commands.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

const ACTOR = OWN_ACTORS.cli;
/** Rows that are read at once. */
const PAGE = 500;

/** Says what a recall would come to, and with `rows` which rows. */
export function recallPreview(shell: Shell, options: PreviewOptions): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const order = orderOf(options, core);
    const preview = await previewRecall(core.deps, order);
    if (isRejection(preview)) return refuseRun(shell, preview);
    for (const line of previewLines(order.cause, preview)) shell.print(line);
    shell.print(say('recallHow', { command: asTyped('recall start') }));
    const rows = await firstRows(core, order, options.rows ?? 0);
    if (rows.length > 0) for (const line of tableLines(say('recallRowHeads').split('|'), rows.map(cellsOf))) shell.print(line);
    const groups = preview.groups.map((group) => ({ ...group, program: group.program.name, mark: markOf(group, preview.today) }));
    shell.printJson({
      since: preview.since,
      counts: preview.counts,
      groups,
      rows: rows.map((row) => ({ ...row, program: row.program.name })),
    });
    return EXIT.done;
  });
}

/** Recalls something, and with `wait` sees its runs through. */
export function recallStart(shell: Shell, options: RecallOptions): Promise<ExitCode> {
  const { wait = false, stopWhenPaused = false, allergen = false, reason } = options;
  return withWorkPlace(shell, { need: 'existing', waits: wait, firstSchedule: false }, async (core, place) => {
    const order = { ...orderOf(options, core), allergen, ...(reason !== undefined && { reason }) };
    const answer = await requestRecall(core.deps, order, { actor: ACTOR });
    if (isRejection(answer)) return refuseRun(shell, answer);
    const { recall } = answer;
    shell.print(say('recallTitle', { what: subjectOf(order.cause), recall: recall.recallId }));
    for (const line of countLines(recall)) shell.print(line);
    if (!wait) {
      if (place === 'none' && recall.runs.length > 0) shell.screen.say(noWorker());
      shell.printJson(recall);
      return EXIT.done;
    }
    let worst: ExitCode = EXIT.done;
    const afterwards = say('recallGoesOn', { list: asTyped('recall list') });
    for (const { runId } of recall.runs) {
      const code = await waitForRun(shell, core, await lookUpRun(core, runId), { afterwards, json: 'last', stopWhenPaused });
      worst = worseOf(worst, code);
    }
    return worst;
  });
}

/** Lists the last 20 recalls. */
export function recallList(shell: Shell): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const { rows } = await new RecallQueries(core.orm.em.fork()).list({ first: 20 });
    if (rows.length === 0) shell.print(say('noRecalls', { command: asTyped('recall preview --dish …') }));
    else for (const line of tableLines(say('recallHeads').split('|'), rows.map(recallCells))) shell.print(line);
    shell.printJson({ recalls: rows });
    return EXIT.done;
  });
}

/** Lifts a recall. */
export function recallLift(shell: Shell, recallId: string, { reason }: { readonly reason?: string }): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const answer = await liftRecall(core.deps, { recallId, ...(reason !== undefined && { reason }) }, ACTOR);
    if (isRejection(answer)) return refuseRun(shell, answer);
    shell.print(say('recallLifted', { what: subjectOf(answer.request.cause) }));
    shell.printJson(answer);
    return EXIT.done;
  });
}

function orderOf({ dish, point, wording, prompt, since }: RecallSubject, { deps }: Core): RequestRecall {
  const named = [dish, point, prompt].filter((each) => each !== undefined).length;
  if (named !== 1 || (wording !== undefined && point === undefined)) throw new CommandFailed(say('recallNeeds'), EXIT.usage);
  const cause = causeOf({ dish, point, wording, prompt }, deps.settings.language);
  return { cause, ...(since !== undefined && { since }) };
}

type Named = { readonly [Name in 'dish' | 'point' | 'wording' | 'prompt']: RecallSubject[Name] | undefined };

function causeOf({ dish, point = '', wording, prompt }: Named, language: 'ko' | 'en'): RecallCause {
  if (dish !== undefined) return { kind: 'DISH', dish };
  if (prompt !== undefined) return { kind: 'PROMPT', promptVersion: prompt };
  return wording === undefined ? { kind: 'POINT', point } : { kind: 'WORDING', point, language, wording };
}

function previewLines(cause: RecallCause, { since, today, counts, groups }: RecallPreview): string[] {
  const rows = groups
    .toSorted((a, b) => (a.targetDate < b.targetDate ? 1 : -1))
    .map((group) => [group.targetDate, programName(group.program.name), nameOf('RecallMark', markOf(group, today)), count(group.rows)]);
  const head = say('recallFound', {
    what: subjectOf(cause),
    since,
    rows: count(counts.replace + counts.past + counts.closed),
    replace: count(counts.replace),
  });
  return rows.length === 0 ? [head] : [head, ...tableLines(say('recallGroupHeads').split('|'), rows)];
}

/** What a recall found, and the runs that write it anew. */
export function countLines({ counts, runs }: Recall): string[] {
  if (counts === null) return [say('recallCounting')];
  const { replace, past, closed } = counts;
  return [
    say('recallCounts', { replace: count(replace), past: count(past), closed: count(closed) }),
    ...runs.map((run) =>
      say('recallRun', { run: run.runId, program: programName(run.program), date: run.recordDate, rows: count(run.rows) }),
    ),
  ];
}

/** The first rows, each recorded as read before it is shown. */
async function firstRows(core: Core, order: RequestRecall, most: number): Promise<MarkedRow[]> {
  const rows: MarkedRow[] = [];
  while (rows.length < most) {
    const last = rows.at(-1);
    const after = last && { userId: last.userId, recordDate: last.recordDate, gubun: last.program.gubun };
    const page = await recalledRows(core.deps, order, { first: Math.min(PAGE, most - rows.length), ...(after && { after }) });
    if (page.length === 0) break;
    rows.push(...page);
  }
  const userIds = [...new Set(rows.map(({ userId }) => userId))];
  if (userIds.length > 0) await recordBefore(core, { what: 'recall preview', userIds });
  return rows;
}

function cellsOf({ userId, targetDate, program, mark, interventionId }: MarkedRow): string[] {
  return [String(userId), targetDate, programName(program.name), nameOf('RecallMark', mark), interventionId];
}

function recallCells({ recallId, request, counts, liftedAt, actor }: Recall): string[] {
  const state = say(liftedAt === null ? 'recallStands' : 'recallIsLifted');
  return [
    state,
    subjectOf(request.cause),
    counts === null ? '' : count(counts.replace),
    counts === null ? '' : count(counts.past),
    actor,
    recallId,
  ];
}

function programName(program: string): string {
  return nameOf('ProgramName', program.toUpperCase());
}
