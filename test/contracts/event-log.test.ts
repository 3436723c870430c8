import { describeEventLog } from './support/log-contract.js';
import { openMemoryLog, openPostgresLog } from './support/open-logs.js';

describeEventLog('in memory', openMemoryLog);
describeEventLog('on PostgreSQL', openPostgresLog);
