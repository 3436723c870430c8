import { Authorized, Ctx, Query, Resolver } from 'type-graphql';
import { STORES } from '../domain/store-problems.js';
import { writeCursor } from '../eventlog/cursor.js';
import { lagProblem } from '../eventlog/lag-watch.js';
import type { Role } from '../identity/role.js';
import type { SystemFigures } from '../projections/queries/system-queries.js';
import { LogStatus, StoreStatus, SystemStatus, WorkerChunk, WorkerStatus } from '../schema/status-type.js';
import { VERSION } from '../base/version.js';
import { nodeOf } from './node-of.js';
import type { Context } from './context.js';
import { Weight } from '../schema/list-size.js';

/** What an operator looks at first. */
@Resolver()
export class SystemResolver {
  @Authorized<Role>('viewer')
  @Weight(100)
  @Query(() => SystemStatus, { description: 'Stores, workers, lanes and lag: what an operator looks at first.' })
  async systemStatus(@Ctx() { system, wakeUps }: Context): Promise<SystemStatus> {
    const { databaseVersion, head, events, lag, queuedJobs, workers, modelProblem, ...figures } = await system.figures();
    const jobsDown = queuedJobs === null ? STORES.tell('JOBS_AWAY').said : null;
    return nodeOf(SystemStatus, {
      ...figures,
      modelTrouble: modelProblem,
      version: VERSION,
      database: nodeOf(StoreStatus, { kind: `PostgreSQL ${databaseVersion}`, ok: true, said: null }),
      jobStore: nodeOf(StoreStatus, { kind: system.jobStoreKind, ok: jobsDown === null, said: jobsDown }),
      queuedJobs: queuedJobs ?? 0,
      log: logStatus({ events, head, lag }, wakeUps),
      busyLanes: workers.reduce((sum, { chunks }) => sum + chunks.length, 0),
      workers: workers.map(({ workerId, chunks, ...entry }) =>
        nodeOf(WorkerStatus, {
          ...entry,
          id: workerId,
          chunks: chunks.map(({ since, ...chunk }) => nodeOf(WorkerChunk, { ...chunk, since: new Date(since) })),
        }),
      ),
    });
  }
}

function logStatus({ events, head, lag }: Pick<SystemFigures, 'events' | 'head' | 'lag'>, wakeUps: Context['wakeUps']): LogStatus {
  const { hiddenMs: lagMs, heldMs, alarm } = lag;
  const { listening, followers } = wakeUps;
  const said = alarm ? lagProblem(lag).said : null;
  return nodeOf(LogStatus, { events, head: writeCursor(head), lagMs, heldMs, alarm, said, listening, followers });
}
