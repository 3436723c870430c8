import type { RestResource } from './rest-call.js';
import { runBatchCall, syncJobsCall, taskStatusCall } from './run-calls.js';
import { changeScheduleCall, createScheduleCall, deleteScheduleCall, listSchedules } from './schedule-calls.js';

/** What IBSafe's own clients call, by path. */
export const REST_RESOURCES: ReadonlyMap<string, RestResource> = new Map<string, RestResource>([
  [
    '/api/batch/schedule/',
    {
      name: 'Batch Schedule',
      calls: { GET: listSchedules, POST: createScheduleCall, PUT: changeScheduleCall, DELETE: deleteScheduleCall },
    },
  ],
  ['/api/batch/run/', { name: 'Batch Run', calls: { POST: runBatchCall } }],
  ['/api/batch/status/', { name: 'Batch Status', calls: { GET: taskStatusCall } }],
  ['/api/batch/sync/', { name: 'Batch Sync', calls: { POST: syncJobsCall } }],
]);
