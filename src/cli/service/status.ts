import type { Tally } from '../../domain/outcome.js';
import { pauseOf } from '../../domain/run/run.js';
import { BatchQueries } from '../../projections/queries/batch-queries.js';
import { ChunkQueries } from '../../projections/queries/chunk-queries.js';
import { RunQueries } from '../../projections/queries/run-queries.js';
import type { RunViewRow } from '../../projections/entities.js';
import { systemQueriesOf, type Core } from '../../runtime/core.js';
import { readInstance } from '../../runtime/instance-lock.js';
import { VERSION } from '../../base/version.js';
import { withCore } from '../database/command-database.js';
import { databasePlace } from '../database/database-place.js';
import { EXIT, type ExitCode } from '../shell/exit-code.js';
import type { Shell } from '../shell/shell.js';
import { statusLines, type RunInStatus, type SystemReport } from './status-lines.js';

const LAST_RUNS = 5;

/** Shows what an operator looks at first: the service of the data folder, stores, workers, and the last runs. */
export async function status(shell: Shell): Promise<ExitCode> {
  const report = await withCore(shell, 'existing', (core) => reportOf(shell, core));
  for (const line of statusLines(report, shell.config.BATCH_TIME_ZONE)) shell.print(line);
  shell.printJson(report);
  return EXIT.done;
}

async function reportOf({ config }: Shell, core: Core): Promise<SystemReport> {
  const instance = readInstance(config.DATA_DIR);
  const { now: _now, head: _head, ...figures } = await systemQueriesOf(core).figures();
  return {
    version: VERSION,
    service: instance === undefined ? null : { pid: instance.pid, startedAt: instance.startedAt, addresses: instance.addresses },
    database: { place: databasePlace(config), version: figures.databaseVersion },
    figures,
    runs: await lastRuns(core),
  };
}

async function lastRuns(core: Core): Promise<RunInStatus[]> {
  const em = core.orm.em.fork();
  const { rows } = await new RunQueries(em).list({}, 'REQUESTED_AT', { first: LAST_RUNS });
  const going = rows.filter(({ tally }) => tally == null).map(({ runId }) => runId);
  const tallies = going.length === 0 ? [] : await new ChunkQueries(em).tallies(going);
  const tallyOf = new Map(tallies.map((tally) => [tally.runId, tally]));
  const awaited = going.length === 0 ? [] : await new BatchQueries(em).awaited(going);
  const awaitedBy = new Map(awaited.map(({ runId, ...rest }) => [runId, rest]));
  return rows.map((row) => ({ ...runInStatus(row, row.tally ?? tallyOf.get(row.runId)), awaited: awaitedBy.get(row.runId) ?? null }));
}

function runInStatus(row: RunViewRow, tally: Omit<Tally, 'reasons'> | undefined): Omit<RunInStatus, 'awaited'> {
  const { runId, program, recordDate, trigger, actor, dryRun, roster = null, requestedAt, endedAt = null } = row;
  const { generated = 0, skipped = 0, failed = 0, cancelled = 0 } = tally ?? {};
  const { pausedCause, pausedReason } = pauseOf(row);
  const outcome = { roster, generated, skipped, failed, cancelled };
  return {
    runId,
    status: row.status,
    program,
    recordDate,
    trigger,
    actor,
    dryRun,
    pausedCause,
    pausedReason,
    ...outcome,
    requestedAt,
    endedAt,
  };
}
