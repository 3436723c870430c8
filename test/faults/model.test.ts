import { describeFaults } from './describe-faults.js';
import { FAULTS_OF } from './registry.js';

await describeFaults('what a model’s endpoint does', FAULTS_OF.model);
