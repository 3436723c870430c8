import type { DrawnRow } from '../application/reviews/draw-sample.js';
import type { NotedMark, NotedSwitch } from '../projections/queries/review-queries.js';
import type { ShownAdvice } from '../records/shown-advice.js';
import type { Recall as RecallState } from '../domain/recall/recall.js';
import { rowText } from '../domain/review/row-key.js';
import { AdviceMark, PointSwitch } from '../schema/review-mark-type.js';
import type { AdvicePoint } from '../schema/advice-point-type.js';
import { ReviewDish, ReviewReason, ReviewRow } from '../schema/review-type.js';
import type { AdviceWords } from './context.js';
import { nodeOf } from './node-of.js';
import { recallNode } from './recall-resolver.js';

/** A drawn row with its texts as a GraphQL node. */
export function reviewRow(
  { row, risks, score, dishes }: DrawnRow,
  { texts, why }: { readonly texts: ShownAdvice; readonly why: AdvicePoint[] },
  words: AdviceWords,
): ReviewRow {
  return nodeOf(ReviewRow, {
    id: rowText(row.key),
    program: row.program,
    recordDate: row.recordDate,
    targetDate: texts.targetDate,
    reasons: risks.map((risk) => nodeOf(ReviewReason, risk)),
    score,
    generator: row.generator,
    fallbackReason: row.fallbackReason,
    vocabulary: row.advice?.vocabulary ?? null,
    promptVersion: row.promptVersion,
    dietEvaluation: texts.dietEvaluation,
    dietTarget: texts.dietTarget,
    exerciseEvaluation: texts.exerciseEvaluation,
    exerciseTarget: texts.exerciseTarget,
    sleepEvaluation: texts.sleepEvaluation,
    sleepTarget: texts.sleepTarget,
    allergies: texts.inputAllergies,
    restrictions: texts.inputRestrictions,
    eaten: texts.inputTodayDiet,
    steps: texts.inputWeekStep,
    why,
    dishes: dishes.map((code) => nodeOf(ReviewDish, { code, name: dishName(code, words) })),
    userId: row.userId,
  });
}

function dishName(code: string, { explainer: { catalogue }, language }: AdviceWords): string | null {
  const dish = catalogue.dishes[catalogue.indexOfCode(code)];
  return (language === 'ko' ? dish?.nameKo : dish?.nameEn) ?? null;
}

/** A mark as a GraphQL node. */
export function markNode(mark: Omit<NotedMark, 'recallId'>, recall: RecallState | undefined, words: AdviceWords): AdviceMark {
  const { markId, data, note, actor, markedAt } = mark;
  return nodeOf(AdviceMark, {
    id: markId,
    row: rowText(data.row),
    verdict: data.verdict,
    points: data.points,
    dishes: data.dishes,
    generator: data.generator,
    vocabulary: data.vocabulary ?? null,
    promptVersion: data.promptVersion ?? null,
    note,
    actor,
    markedAt: new Date(markedAt),
    recall: recall === undefined ? null : recallNode(recall, words),
  });
}

/** A point's switch as a GraphQL node. */
export function pointNode({ point, isOff, markId, reason, actor, changedAt }: Omit<NotedSwitch, 'version'>): PointSwitch {
  return nodeOf(PointSwitch, { point, isOff, markId, reason, actor, changedAt: new Date(changedAt) });
}
