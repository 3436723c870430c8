import { z } from 'zod';
import { GENERATORS, MODEL_NAME } from '../domain/outcome.js';
import { PROGRAMS } from '../domain/program.js';
import { PROMPT_VERSION } from '../domain/recall/recall-cause.js';
import { ARMS, SEED } from '../domain/rollout/arm.js';
import { STOP_CAUSES, THRESHOLD_RANGES } from '../domain/rollout/stop-rule.js';

/** Which side of which rollout wrote an outcome. */
export const armMark = z.strictObject({ id: z.uuid(), arm: z.enum(ARMS) });

const percent = z.int().min(1).max(100);
const threshold = (name: keyof typeof THRESHOLD_RANGES): z.ZodInt =>
  z.int().min(THRESHOLD_RANGES[name].least).max(THRESHOLD_RANGES[name].most);
const thresholds = z.strictObject({
  leastUsers: threshold('leastUsers'),
  relativePercent: threshold('relativePercent'),
  falsehoodsPercent: threshold('falsehoodsPercent'),
  gateDropsPercent: threshold('gateDropsPercent'),
  fallbacksPercent: threshold('fallbacksPercent'),
  failuresPercent: threshold('failuresPercent'),
  priceMicros: threshold('priceMicros'),
});

/** What shapes of several kinds of events are made of. */
interface Shared {
  readonly count: z.ZodInt;
  readonly version: z.ZodString;
  readonly reason: z.ZodString;
}

/** Shapes of the events of rollouts, by type. */
export function rolloutShapes({ count, version, reason }: Shared): Readonly<Record<string, z.ZodType<object>>> {
  const adviceVersion = z.strictObject({
    generator: z.enum(GENERATORS),
    model: z.string().regex(MODEL_NAME).optional(),
    promptVersion: z.string().regex(PROMPT_VERSION).optional(),
    vocabulary: version,
    fingerprint: z.string().regex(/^[0-9a-f]{16}$/),
  });
  const judgedRows = z.strictObject({ rows: count, falsehoods: count });
  return {
    RolloutStarted: z.strictObject({
      program: z.enum(PROGRAMS),
      candidate: adviceVersion,
      inForce: adviceVersion,
      sharePercent: percent,
      seed: z.string().regex(SEED),
      thresholds,
      reason: reason.optional(),
    }),
    RolloutShareChanged: z.strictObject({ sharePercent: percent, reason: reason.optional() }),
    RolloutJudged: z.strictObject({ candidate: judgedRows, inForce: judgedRows }),
    RolloutStopped: z.strictObject({
      cause: z.enum(STOP_CAUSES),
      figure: z.strictObject({ candidate: count, inForce: count, limit: count, users: count }).optional(),
      recordDate: z.iso.date().optional(),
      reason: reason.optional(),
    }),
    RolloutPromoted: z.strictObject({ reason: reason.optional() }),
  };
}
