import type pg from 'pg';
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid';
import type { Deps } from '../application/ports.js';
import { exclusivelyOn } from '../database/exclusively.js';
import { retryingUpTo } from '../database/retrying.js';
import { faultOf } from '../database/transient.js';
import { runId } from '../domain/ids.js';
import { ALL_PROGRAMS } from '../domain/programs/all-programs.js';
import { InterventionRows } from '../records/intervention-rows.js';
import { PostgresBackfillList } from '../store/backfill-store.js';
import { PostgresLaneStore, PostgresRunReader } from '../store/lane-store.js';
import { PostgresPastOutcomes } from '../store/past-outcomes.js';
import { transactionOn } from './transaction.js';

/** Namespace of the ids that are derived from names: any UUID, as long as it never changes. */
const NAMESPACE = '6f0c1d7e-54b1-4d1c-9f6e-2a8f1b3c5d70';

/** What of the use cases' ports a database alone decides: the same for the service and for tests that make up records and advice. */
export type DatabaseDeps = Pick<
  Deps,
  | 'transaction' | 'retrying' | 'exclusively' | 'faultOf' | 'newBatch' | 'lanes' | 'runs' | 'backfills' | 'outcomes' | 'programs' | 'newId' | 'idOf'
>; // prettier-ignore

/** Adapters on a pool. `onMovedSequence` hears that the table of interventions had a sequence behind its rows. */
export function databaseDeps(pool: pg.Pool, retryAttempts: number, onMovedSequence?: () => void): DatabaseDeps {
  return {
    transaction: transactionOn(pool, undefined, onMovedSequence),
    retrying: retryingUpTo(retryAttempts),
    exclusively: exclusivelyOn(pool),
    faultOf,
    newBatch: () => new InterventionRows(),
    lanes: new PostgresLaneStore(pool),
    runs: new PostgresRunReader(pool),
    backfills: new PostgresBackfillList(pool),
    outcomes: new PostgresPastOutcomes(pool),
    programs: new Map(ALL_PROGRAMS.map((program) => [program.name, program])),
    newId: () => runId(uuidv7()),
    idOf: (...names) => runId(uuidv5(names.join('\n'), NAMESPACE)),
  };
}
