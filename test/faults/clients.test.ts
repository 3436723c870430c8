import { describeFaults } from './describe-faults.js';
import { FAULTS_OF } from './registry.js';

await describeFaults('what happens to clients and on the way to them', FAULTS_OF.clients);
