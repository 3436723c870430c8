/** What a process of the service does. `all` is the three others in one. */
export const PROCESS_ROLES = ['all', 'api', 'worker', 'scheduler'] as const;
export type ProcessRole = (typeof PROCESS_ROLES)[number];

/** Whether a process of a role answers requests, and so needs to identify callers. */
export function servesHttp(role: ProcessRole): boolean {
  return role === 'all' || role === 'api';
}

/** Whether a process of a role watches over schedules, alerts and what is kept. */
export function schedules(role: ProcessRole): boolean {
  return role === 'all' || role === 'scheduler';
}
