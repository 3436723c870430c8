import type { Config } from '../../src/config/config.js';
import { ACCESS, OPERATIONS } from './access.js';
import { ADVICE, CANDIDATE, MODEL } from './advice.js';
import { ALERTS } from './alerts.js';
import type { Meaning, Section } from './meaning.js';
import { RETENTION } from './retention.js';
import { RUNS } from './runs.js';
import { READS } from './reads.js';
import { DATABASES, DEMO, SERVICE } from './service.js';
import { SIGN_IN } from './sign-in.js';

/** The sections of the page, in its order. */
export const SECTIONS: readonly Section[] = [
  SERVICE,
  DATABASES,
  ADVICE,
  MODEL,
  CANDIDATE,
  RUNS,
  OPERATIONS,
  ACCESS,
  SIGN_IN,
  ALERTS,
  RETENTION,
  READS,
  DEMO,
];

/** Every variable's meaning. A variable of `src/config/config-shape.ts` without one does not compile. */
export const MEANINGS: { readonly [K in keyof Config]: Meaning } = {
  ...SERVICE.meanings,
  ...DATABASES.meanings,
  ...ADVICE.meanings,
  ...MODEL.meanings,
  ...CANDIDATE.meanings,
  ...RUNS.meanings,
  ...OPERATIONS.meanings,
  ...ACCESS.meanings,
  ...SIGN_IN.meanings,
  ...ALERTS.meanings,
  ...RETENTION.meanings,
  ...READS.meanings,
  ...DEMO.meanings,
};
