import { describeHostileAnswers } from '../domain/advice/describe-hostile-answers.js';

describeHostileAnswers(10_000);
