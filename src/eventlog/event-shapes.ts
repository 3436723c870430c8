import { z } from 'zod';
import { BACKFILL_ORDERS } from '../domain/backfill/backfill-events.js';
import { ASK_MODES, BATCH_ENDS } from '../domain/run/ask-mode.js';
import { GENERATORS, OUTCOMES } from '../domain/outcome.js';
import { PROGRAMS } from '../domain/program.js';
import { FORECAST_BASES } from '../domain/run/forecast.js';
import { ON_EXISTING, PAUSE_CAUSES, TRIGGERS } from '../domain/run/run-events.js';
import { GREATEST_USER_ID, LEAST_USER_ID } from '../domain/ids.js';
import { FREQUENCIES } from '../domain/schedule/cadence.js';
import { SLOT_SKIP_REASONS } from '../domain/schedule/schedule-events.js';
import { CATCH_UP_POLICIES, OVERLAP_POLICIES } from '../domain/schedule/schedule-settings.js';
import { count, hash, OUTCOME_SHAPES, version } from './outcome-shapes.js';
import { reason, REVIEW_SHAPES } from './review-shapes.js';
import { rolloutShapes } from './rollout-shapes.js';

const none = z.strictObject({});
const code = z.string().regex(/^[A-Z_]{1,40}$/);
const tally = {
  generated: count,
  skipped: count,
  failed: count,
  cancelled: count,
  reasons: z.record(code, count),
};
const user = z.int().min(LEAST_USER_ID).max(GREATEST_USER_ID);
const plannedChunk = z.strictObject({ after: user, through: user, roster: count });
const chunkReport = z.strictObject({ chunk: count, fence: count, durationMs: count, ...tally });
const text = (most: number): z.ZodString => z.string().max(most);
const isoTime = z.iso.datetime({ offset: true });

const runRequest = z.strictObject({
  program: z.enum(PROGRAMS),
  recordDate: z.iso.date(),
  trigger: z.enum(TRIGGERS),
  generator: z.enum(GENERATORS),
  language: z.enum(['ko', 'en']),
  chunkSize: z.int().min(1).max(10_000).optional(),
  dryRun: z.boolean(),
  shadow: z.boolean().optional(),
  onExisting: z.enum(ON_EXISTING),
  userIds: z.array(user).max(10_000).optional(),
  reason: reason.optional(),
  scheduleId: z.uuid().optional(),
  slot: isoTime.optional(),
  parentRunId: z.uuid().optional(),
  retry: z.strictObject({ outcomes: z.array(z.enum(OUTCOMES)).min(1), reasons: z.array(code).min(1).optional() }).optional(),
  backfillId: z.uuid().optional(),
  recallId: z.uuid().optional(),
  waits: z.boolean().optional(),
  withoutSchedule: reason.optional(),
  readyBy: isoTime.optional(),
  mode: z.enum(ASK_MODES).optional(),
});

/** What a run was expected to come to. */
export const forecast = z.strictObject({
  eligible: count,
  tokensIn: count,
  tokensOut: count,
  costMicros: count,
  seconds: count.nullable(),
  basis: z.enum(FORECAST_BASES),
  byBatch: z.strictObject({ costMicros: count, seconds: count }).optional(),
});

const cadence = {
  frequency: z.enum(FREQUENCIES),
  hour: z.int().min(0).max(23),
  minute: z.int().min(0).max(59),
  dayOfWeek: z.int().min(0).max(6),
  dayOfMonth: z.int().min(1).max(31),
  cron: text(200).nullable(),
  timeZone: text(100),
};
const changeable = {
  ...cadence,
  name: text(100),
  program: z.enum(PROGRAMS),
  generator: z.enum(GENERATORS).nullable(),
  catchUp: z.strictObject({ policy: z.enum(CATCH_UP_POLICIES), windowHours: z.int().min(1).max(720) }),
  overlap: z.enum(OVERLAP_POLICIES),
  readyBy: z
    .string()
    .regex(/^\d\d:\d\d$/)
    .nullable()
    .optional(),
};
const effectiveAt = isoTime;
const skipReason = z.enum(SLOT_SKIP_REASONS);

/** Shapes of all events by type. Strict: a field that is not named here does not enter the log. */
export const SHAPES: Readonly<Record<string, z.ZodType<object>>> = {
  RunRequested: runRequest,
  RunPlanned: z.strictObject({ roster: count, chunks: z.array(plannedChunk), forecast: forecast.optional() }),
  RunStarted: none,
  RunPaused: z.strictObject({ cause: z.enum(PAUSE_CAUSES), reason }),
  RunResumed: none,
  RunCancelRequested: z.strictObject({ reason: reason.optional() }),
  RunCancelled: z.strictObject(tally),
  RunCompleted: z.strictObject(tally),
  RunFailed: z.strictObject({ code: text(60) }),
  ChunkSplit: z.strictObject({ chunk: count, kept: plannedChunk, first: count, parts: z.array(plannedChunk).min(1) }),
  ChunkProgressed: chunkReport,
  ChunkCompleted: chunkReport,
  ModelBatchPrepared: z.strictObject({ chunk: count, key: z.uuid(), requests: count, reservedMicros: count, waitUntil: isoTime }),
  ModelBatchEnded: z.strictObject({
    chunk: count,
    key: z.uuid(),
    end: z.enum(BATCH_ENDS),
    answered: count,
    unanswered: count,
    chargedMicros: count,
  }),
  ...OUTCOME_SHAPES,
  ScheduleCreated: z.strictObject({ settings: z.strictObject({ ...changeable, active: z.boolean() }), effectiveAt }),
  ScheduleChanged: z.strictObject({ changes: z.strictObject(changeable).partial(), effectiveAt }),
  ScheduleActivated: z.strictObject({ effectiveAt }),
  SchedulePaused: z.strictObject({ reason: reason.nullable(), effectiveAt }),
  ScheduleDeleted: z.strictObject({ effectiveAt }),
  SlotFired: z.strictObject({ slot: isoTime, firedAt: isoTime, runId: z.uuid() }),
  SlotSkipped: z.strictObject({ slot: isoTime, reason: skipReason }),
  SlotRangeSkipped: z.strictObject({ slot: isoTime, through: isoTime, reason: skipReason, count: count.nullable() }),
  SlotsReopened: z.strictObject({
    after: isoTime,
    lastSlot: isoTime.nullable(),
    lastFiredSlot: isoTime.nullable(),
    lastRunId: z.uuid().nullable(),
    entries: count,
  }),
  BackfillRequested: z.strictObject({
    program: z.enum(PROGRAMS),
    from: z.iso.date(),
    to: z.iso.date(),
    generator: z.enum(GENERATORS),
    onExisting: z.enum(ON_EXISTING),
    order: z.enum(BACKFILL_ORDERS),
    maxActiveRuns: z.int().min(1).max(20),
    reason: reason.optional(),
    withoutSchedule: reason.optional(),
  }),
  BackfillRunStarted: z.strictObject({ recordDate: z.iso.date(), runId: z.uuid() }),
  BackfillDateSkipped: z.strictObject({ recordDate: z.iso.date(), code }),
  BackfillCancelled: z.strictObject({ reason: reason.optional() }),
  BackfillCompleted: none,
  ...REVIEW_SHAPES,
  ...rolloutShapes({ count, version, reason }),
  MonthLetGo: z.strictObject({
    runs: count,
    events: count,
    firstPosition: count.nullable(),
    lastPosition: count.nullable(),
    file: z.string().regex(/^[a-z0-9.-]{1,100}$/),
    bytes: count,
    sha256: hash,
  }),
  PersonErased: z.strictObject({ known: count, reads: count, runs: count, reasons: count }),
};
