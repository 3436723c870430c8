import { describeFaults } from './describe-faults.js';
import { FAULTS_OF } from './registry.js';

await describeFaults('what happens to schedules and their jobs', FAULTS_OF.schedules);
