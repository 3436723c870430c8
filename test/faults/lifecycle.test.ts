import { describeFaults } from './describe-faults.js';
import { FAULTS_OF } from './registry.js';

await describeFaults('a kill while a month or a person leaves the log', FAULTS_OF.lifecycle);
