import { z } from 'zod';
import { VIOLATIONS } from '../domain/advice/violation-codes.js';
import { MAX_MICROS, MAX_TOKENS } from '../domain/figures.js';
import { BATCH_MEETINGS, FAILURE_CODES, FALLBACK_REASONS, GENERATORS, MODEL_NAME, SKIP_REASONS } from '../domain/outcome.js';
import { INTERVENTION_FIELDS } from '../domain/programs/intervention-difference.js';
import { armMark } from './rollout-shapes.js';

export const count = z.int().min(0);
export const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** Of a vocabulary or a prompt. */
export const version = z.string().regex(/^[a-z0-9.+-]{1,80}$/);
/** How a generation went. A model's name and a prompt's version come from configuration and files, and are shaped so that no sentence fits in. */
const trace = {
  tokens: count.max(MAX_TOKENS).optional(),
  tokensIn: count.max(MAX_TOKENS).optional(),
  tokensOut: count.max(MAX_TOKENS).optional(),
  tokensCached: count.max(MAX_TOKENS).optional(),
  costMicros: count.max(MAX_MICROS).optional(),
  estimatedCalls: count.optional(),
  violations: z.array(z.enum(VIOLATIONS)).max(VIOLATIONS.length).optional(),
  promptVersion: z
    .string()
    .regex(/^[a-z0-9.-]{1,40}$/)
    .optional(),
  model: z.string().regex(MODEL_NAME).optional(),
  inputsHash: hash.optional(),
  responseHash: hash.optional(),
  fallbackReason: z.enum(FALLBACK_REASONS).optional(),
  batch: z.enum(BATCH_MEETINGS).optional(),
  differences: z.array(z.enum(INTERVENTION_FIELDS)).max(INTERVENTION_FIELDS.length).optional(),
  replaced: z.strictObject({ textHash: hash, vocabulary: version.optional(), promptVersion: version.optional() }).optional(),
  rollout: armMark.optional(),
};

/** Shapes of the four events that end a user's part in a run, by type. */
export const OUTCOME_SHAPES = {
  InterventionGenerated: z.strictObject({
    lowDay: z.boolean().optional(),
    interventionId: z.int().min(1).nullable(),
    generator: z.enum(GENERATORS),
    attempts: z.int().min(1),
    durationMs: count,
    fallbackOf: z.enum(GENERATORS).optional(),
    ...trace,
  }),
  UserSkipped: z.strictObject({ reasons: z.array(z.enum(SKIP_REASONS)).min(1) }),
  UserFailed: z.strictObject({ code: z.enum(FAILURE_CODES), retryable: z.boolean(), attempts: count, ...trace }),
  UserCancelled: z.strictObject({}),
} as const;
