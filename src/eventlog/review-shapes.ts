import { z } from 'zod';
import { REASON_LENGTH } from '../domain/operator-text.js';
import { GENERATORS } from '../domain/outcome.js';
import { PROGRAMS } from '../domain/program.js';
import { PROMPT_VERSION } from '../domain/recall/recall-cause.js';
import { MARK_VERDICTS } from '../domain/review/mark-events.js';
import { count, version } from './outcome-shapes.js';

/** An operator's reason: characters as PostgreSQL counts them, of which one may be two units here. */
export const reason = z.string().max(2 * REASON_LENGTH);

const dishCode = z.string().regex(/^[A-Za-z0-9-]{1,20}$/);
const pointId = z.string().regex(/^[A-Z][A-Z0-9_]{2,40}$/);
const recallCause = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('DISH'), dish: dishCode }),
  z.strictObject({ kind: z.literal('POINT'), point: pointId }),
  z.strictObject({ kind: z.literal('WORDING'), point: pointId, language: z.enum(['ko', 'en']), wording: count.max(99) }),
  z.strictObject({ kind: z.literal('PROMPT'), promptVersion: z.string().regex(PROMPT_VERSION) }),
]);
const pointIds = z.array(pointId).max(60);
const dishCodes = z.array(dishCode).max(60);
const recallRun = z.strictObject({ runId: z.uuid(), program: z.enum(PROGRAMS), recordDate: z.iso.date(), rows: count });

const signable = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('POINT'), point: pointId }),
  z.strictObject({ kind: z.literal('WORDING'), point: pointId, language: z.enum(['ko', 'en']), wording: count.max(99) }),
  z.strictObject({ kind: z.literal('DISH'), dish: dishCode }),
  z.strictObject({ kind: z.literal('INGREDIENT'), ingredient: z.string().regex(/^[a-z0-9-]{1,60}$/) }),
]);

/** Shapes of the events of recalls, marks, points and signatures, by type. */
export const REVIEW_SHAPES = {
  RecallRequested: z.strictObject({
    cause: recallCause,
    allergen: z.boolean(),
    since: z.iso.date(),
    reason: reason.optional(),
    markId: z.uuid().optional(),
  }),
  RecallListed: z.strictObject({
    counts: z.strictObject({ replace: count, past: count, closed: count }),
    runs: z.array(recallRun).max(100),
  }),
  RecallLifted: z.strictObject({ reason: reason.optional() }),
  AdviceMarked: z.strictObject({
    row: z.strictObject({ runId: z.uuid(), chunk: count, version: count }),
    verdict: z.enum(MARK_VERDICTS),
    points: pointIds,
    dishes: dishCodes,
    seenPoints: pointIds,
    seenDishes: dishCodes,
    generator: z.enum(GENERATORS),
    vocabulary: version.optional(),
    promptVersion: z.string().regex(PROMPT_VERSION).optional(),
    reason: reason.optional(),
  }),
  PointTurnedOff: z.strictObject({ markId: z.uuid().optional(), reason: reason.optional() }),
  PointTurnedOn: z.strictObject({ reason: reason.optional() }),
  SignatureGiven: z.strictObject({ row: signable, hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  SignatureWithdrawn: z.strictObject({ reason: reason.optional() }),
};
