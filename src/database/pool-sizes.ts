/** Most connections that each part of a process holds, beside one for each lane. */
export const POOL_SIZES = { beyondLanes: 8, cancels: 1, maintenance: 1, looks: 2, views: 10, jobs: 6, wakeUps: 1 } as const;

/** Most connections that a process with so many lanes holds to PostgreSQL. @param hasJobs whether Agenda keeps its jobs there too */
export function mostConnections(lanes: number, hasJobs: boolean): number {
  const { jobs, ...others } = POOL_SIZES;
  return Object.values(others).reduce((sum, size) => sum + size, lanes) + (hasJobs ? jobs : 0);
}
