import { describeFaults } from './describe-faults.js';
import { FAULTS_OF } from './registry.js';

await describeFaults('what happens to the database or on the way to it', FAULTS_OF.database);
