import type { AuditQueries } from '../projections/queries/audit-queries.js';
import type { BackfillQueries } from '../projections/queries/backfill-queries.js';
import type { ChunkQueries } from '../projections/queries/chunk-queries.js';
import type { NightQueries } from '../projections/queries/night-queries.js';
import type { OutcomeQueries } from '../projections/queries/outcome-queries.js';
import type { RetentionQueries } from '../projections/queries/retention-queries.js';
import type { RunEventQueries } from '../projections/queries/run-event-queries.js';
import type { RunFiguresQueries } from '../projections/queries/run-figures-queries.js';
import type { RunLinkQueries } from '../projections/queries/run-link-queries.js';
import type { RunQueries } from '../projections/queries/run-queries.js';
import type { ScheduleHistoryQueries } from '../projections/queries/schedule-history-queries.js';
import type { ScheduleQueries } from '../projections/queries/schedule-queries.js';
import type { UsageQueries } from '../projections/queries/usage-queries.js';
import type { InterventionQueries } from '../records/intervention-queries.js';
import type { PatientQueries } from '../records/patient-queries.js';

/** Reads of the views, bound to one request's entity manager. */
export interface Views {
  readonly runs: RunQueries;
  readonly chunks: ChunkQueries;
  readonly outcomes: OutcomeQueries;
  readonly runEvents: RunEventQueries;
  readonly usage: UsageQueries;
  readonly interventions: InterventionQueries;
  readonly audit: AuditQueries;
  readonly nights: NightQueries;
  readonly patients: PatientQueries;
  readonly figures: RunFiguresQueries;
  readonly schedules: ScheduleQueries;
  readonly scheduleHistory: ScheduleHistoryQueries;
  readonly backfills: BackfillQueries;
  readonly runLinks: RunLinkQueries;
  readonly retention: RetentionQueries;
}
