import { describeHostileAnswers, describeSoundAnswers } from './describe-hostile-answers.js';

// Ten thousand are a drill (test/drills/hostile-answers.test.ts).
describeHostileAnswers(1_000);
describeSoundAnswers();
