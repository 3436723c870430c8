import { EventLogMigration } from './001-event-log.js';
import { RunsMigration } from './002-runs.js';
import { AgendaJobsMigration } from './003-agenda-jobs.js';
import { SchedulesMigration } from './004-schedules.js';
import { SlotsMigration } from './005-slots.js';
import { ApiKeysMigration } from './006-api-keys.js';
import { RunControlMigration } from './007-run-control.js';
import { BackfillsMigration } from './008-backfills.js';
import { LlmRatesMigration } from './010-llm-rates.js';
import { RunFiguresMigration } from './011-run-figures.js';
import { RunTalliesMigration } from './012-run-tallies.js';
import { RunChangesMigration } from './013-run-changes.js';
import { ModelProblemsMigration } from './018-model-problems.js';
import { LogErasMigration } from './020-log-eras.js';
import { LeasesMigration } from './021-leases.js';
import { WithoutScheduleMigration } from './023-without-schedule.js';
import { LowDaysMigration } from './024-low-days.js';
import { NightsMigration } from './040-nights.js';
import { SlotTimesMigration } from './041-slot-times.js';
import { RunOrdersMigration } from './042-run-orders.js';
import { ScheduleNumbersMigration } from './043-schedule-numbers.js';
import { SessionsMigration } from './044-sessions.js';
import { DemoHistoryMigration } from './045-demo-history.js';
import { AlertsMigration } from './046-alerts.js';
import { RetentionMigration } from './049-retention.js';
import { PersonReadsMigration } from './052-person-reads.js';
import { ObserveMigration } from './054-observe.js';
import { ServiceRolesMigration } from './055-service-roles.js';
import { ProgramLevelMigration } from './056-program-level.js';
import { LogChainMigration } from './057-log-chain.js';
import { SubjectsMigration } from './058-subjects.js';
import { ModelBatchesMigration } from './059-model-batches.js';
import { RecallsMigration } from './060-recalls.js';
import { RolloutsMigration } from './063-rollouts.js';
import { ReviewMigration } from './064-review.js';
import { SignaturesMigration } from './065-signatures.js';
import { ErasedOrdersMigration } from './067-erased-orders.js';
import { SealedKeysMigration } from './071-sealed-keys.js';
import { ErasedPersonsMigration } from './072-erased-persons.js';
import { EraseBackfillsMigration } from './074-erase-backfills.js';
import { LetMonthGoMigration } from './074-let-month-go.js';
import { ErasedStatisticsMigration } from './080-erased-statistics.js';

/** Forward migrations in their order. Nothing is ever dropped in the release that stops using it. */
export const MIGRATIONS = [
  EventLogMigration,
  RunsMigration,
  AgendaJobsMigration,
  SchedulesMigration,
  SlotsMigration,
  ApiKeysMigration,
  RunControlMigration,
  BackfillsMigration,
  LlmRatesMigration,
  RunFiguresMigration,
  RunTalliesMigration,
  RunChangesMigration,
  ModelProblemsMigration,
  LogErasMigration,
  LeasesMigration,
  WithoutScheduleMigration,
  LowDaysMigration,
  NightsMigration,
  SlotTimesMigration,
  RunOrdersMigration,
  ScheduleNumbersMigration,
  SessionsMigration,
  DemoHistoryMigration,
  AlertsMigration,
  RetentionMigration,
  PersonReadsMigration,
  ObserveMigration,
  ServiceRolesMigration,
  ProgramLevelMigration,
  LogChainMigration,
  SubjectsMigration,
  ModelBatchesMigration,
  RecallsMigration,
  RolloutsMigration,
  ReviewMigration,
  SignaturesMigration,
  ErasedOrdersMigration,
  SealedKeysMigration,
  ErasedPersonsMigration,
  LetMonthGoMigration,
  EraseBackfillsMigration,
  ErasedStatisticsMigration,
];
