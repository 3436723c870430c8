import { asTyped } from '../../base/as-typed.js';
import { drawSample, type DrawnRow } from '../../application/reviews/draw-sample.js';
import { markAdvice } from '../../application/reviews/mark-advice.js';
import { turnPointOff, turnPointOn } from '../../application/reviews/turn-point.js';
import { isRejection } from '../../domain/rejection.js';
import type { MarkVerdict } from '../../domain/review/mark-events.js';
import { rowText, type RowKey } from '../../domain/review/row-key.js';
import { ReviewQueries } from '../../projections/queries/review-queries.js';
import { InterventionQueries } from '../../records/intervention-queries.js';
import type { ShownAdvice } from '../../records/shown-advice.js';
import type { Core } from '../../runtime/core.js';
import { recordBefore } from '../audit/record-before.js';
import { withCore } from '../database/command-database.js';
import { countLines } from '../recall/recall.js';
import { refuseRun } from '../run/asked-run.js';
import { noWorker } from '../run/living-workers.js';
import { withWorkPlace } from '../run/work-place.js';
import { count } from '../screen/figures.js';
import { tableLines } from '../screen/table.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { nameOf, say } from '../words/catalogue.js';
import type { MarkOptions, SampleOptions, TurnOptions } from './review-commands.js';
import { markCells, rowLines, switchCells, type ShownSample } from './review-lines.js';
import { OWN_ACTORS } from '../../domain/own-actors.js';

const ACTOR = OWN_ACTORS.cli;

/** Shows rows of the last nights that are worth a look. Patients are not named, and the read is recorded before. */
export function reviewSample(shell: Shell, { first, advice = false }: SampleOptions): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const { rows, from } = await drawSample(core.deps, core.words.explainer, first);
    const shown = await withTexts(core, rows);
    const userIds = [...new Set(rows.map(({ row }) => row.userId))];
    if (userIds.length > 0) await recordBefore(core, { what: 'review sample', userIds });
    if (shown.length === 0) shell.print(say('reviewNone'));
    else shell.print(say('reviewHead', { rows: count(shown.length), from: count(from) }));
    shown.forEach((row, at) => {
      for (const line of rowLines(row, { place: at + 1, advice })) shell.print(line);
    });
    if (shown.length > 0) shell.print(say('reviewHow', { command: asTyped('review mark --help') }));
    shell.printJson({ chosenFrom: from, rows: shown });
    return EXIT.done;
  });
}

/** Notes what is said of a row. */
export function reviewMark(
  shell: Shell,
  { row, verdict, ...options }: MarkOptions & { readonly row: RowKey; readonly verdict: MarkVerdict },
): Promise<ExitCode> {
  const { point: points = [], dish: dishes = [], note, turnOff = false, recall: recalls = false, allergen = false } = options;
  return withWorkPlace(shell, { need: 'existing', waits: false, firstSchedule: false }, async (core, place) => {
    const order = { row, verdict, points, dishes, turnOff, recall: recalls, allergen, ...(note !== undefined && { note }) };
    const answer = await markAdvice(core.deps, { order, explainer: core.words.explainer }, { actor: ACTOR });
    if (isRejection(answer)) return refuseRun(shell, answer);
    const { mark, recall } = answer;
    shell.print(say('reviewMarked', { verdict: nameOf('MarkVerdict', verdict), mark: mark.markId }));
    if (turnOff) for (const point of mark.data.points) shell.print(offLine(point));
    if (recall !== undefined) {
      shell.print(say('reviewRecalled', { recall: recall.recallId }));
      for (const line of countLines(recall)) shell.print(line);
      if (place === 'none' && recall.runs.length > 0) shell.screen.say(noWorker());
    }
    shell.printJson({ mark, recall: recall ?? null });
    return EXIT.done;
  });
}

/** Lists the last 20 marks. */
export function reviewMarks(shell: Shell): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const { rows } = await new ReviewQueries(core.orm.em.fork()).marks({ first: 20 });
    if (rows.length === 0) shell.print(say('noMarks', { command: asTyped('review sample') }));
    else for (const line of tableLines(say('markHeads').split('|'), rows.map(markCells))) shell.print(line);
    shell.printJson({ marks: rows });
    return EXIT.done;
  });
}

/** Lists points that were ever turned off. */
export function reviewPoints(shell: Shell): Promise<ExitCode> {
  return withCore(shell, 'existing', async (core) => {
    const points = await new ReviewQueries(core.orm.em.fork()).points();
    if (points.length === 0) shell.print(say('noSwitches'));
    else for (const line of tableLines(say('switchHeads').split('|'), points.map(switchCells))) shell.print(line);
    shell.printJson({ points });
    return EXIT.done;
  });
}

/** Turns a point off, or on again. */
export function reviewTurn(
  shell: Shell,
  { point, isOff, reason }: TurnOptions & { readonly point: string; readonly isOff: boolean },
): Promise<ExitCode> {
  return withCore(shell, 'existing', async ({ deps }) => {
    const turn = isOff ? turnPointOff : turnPointOn;
    const answer = await turn(deps, { point, ...(reason !== undefined && { reason }) }, ACTOR);
    if (isRejection(answer)) return refuseRun(shell, answer);
    shell.print(isOff ? offLine(point) : say('pointIsOn', { point }));
    shell.printJson(answer);
    return EXIT.done;
  });
}

function offLine(point: string): string {
  return say('pointIsOff', { point, command: asTyped(`review on ${point}`) });
}

async function withTexts(core: Core, rows: readonly DrawnRow[]): Promise<ShownSample[]> {
  const found = await new InterventionQueries(core.orm.em.fork()).byIds(rows.map(({ row }) => String(row.interventionId)));
  const texts = new Map(found.map((each) => [each.id, each]));
  return rows.flatMap(({ row, risks, score, why, dishes }) => {
    const record = texts.get(String(row.interventionId));
    return record === undefined
      ? []
      : {
          row: rowText(row.key),
          score,
          reasons: risks,
          ...madeOf(row),
          ...saidIn(record),
          points: why.map(({ id }) => id),
          dishes: dishes.map((code) => ({ code, name: nameOfDish(core, code) })),
        };
  });
}

function madeOf({ program, recordDate, generator, fallbackReason, promptVersion, advice }: DrawnRow['row']) {
  return { program, recordDate, generator, fallbackReason, promptVersion, vocabulary: advice?.vocabulary ?? null };
}

function saidIn(record: ShownAdvice) {
  const { targetDate, dietEvaluation, dietTarget, exerciseEvaluation, exerciseTarget, sleepEvaluation, sleepTarget } = record;
  const texts = { dietEvaluation, dietTarget, exerciseEvaluation, exerciseTarget, sleepEvaluation, sleepTarget };
  return { targetDate, texts, allergies: record.inputAllergies, restrictions: record.inputRestrictions };
}

function nameOfDish({ words: { explainer, tongue } }: Core, code: string): string {
  const dish = explainer.catalogue.dishes[explainer.catalogue.indexOfCode(code)];
  return (tongue.language === 'ko' ? dish?.nameKo : dish?.nameEn) ?? code;
}
