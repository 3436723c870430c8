import type { Config } from '../../config/config.js';
import type { OperationLimits } from './operation.js';

/** Everything that is limited, of one operation, of one caller, and of the process. What each is for stands in docs/developer/limits.md. */
export interface DeskLimits extends OperationLimits {
  readonly operationsPerCaller: number;
  readonly operations: number;
  /** Connections to the database that one caller's operations may hold, of those of the pool. */
  readonly statementsPerCaller: number;
  readonly subscriptionsPerCaller: number;
  readonly subscriptions: number;
  readonly socketsPerCaller: number;
  readonly sockets: number;
}

/** Limits unless the configuration says otherwise. */
export const USUAL_LIMITS: DeskLimits = {
  price: 50_000,
  text: 8_000_000,
  deadlineMs: 15_000,
  operationsPerCaller: 16,
  operations: 64,
  statementsPerCaller: 4,
  subscriptionsPerCaller: 1_000,
  subscriptions: 5_000,
  socketsPerCaller: 1_000,
  sockets: 5_000,
};

type Configured = Pick<
  Config,
  'BATCH_OPERATION_PRICE' | 'BATCH_OPERATION_MS' | 'BATCH_OPERATIONS_PER_CALLER' | 'BATCH_SUBSCRIPTIONS_PER_CALLER'
>;

/** What the configuration says: of all callers together, as many times what one may have as it usually is. */
export function configuredLimits(config: Configured): Partial<DeskLimits> {
  const { operations, operationsPerCaller, subscriptions, subscriptionsPerCaller } = USUAL_LIMITS;
  const { BATCH_OPERATIONS_PER_CALLER: running, BATCH_SUBSCRIPTIONS_PER_CALLER: open } = config;
  const allOpen = open * (subscriptions / subscriptionsPerCaller);
  return {
    price: config.BATCH_OPERATION_PRICE,
    deadlineMs: config.BATCH_OPERATION_MS,
    operationsPerCaller: running,
    operations: running * (operations / operationsPerCaller),
    subscriptionsPerCaller: open,
    subscriptions: allOpen,
    socketsPerCaller: open,
    sockets: allOpen,
  };
}
