import { vocabularyOf } from '../domain/said.js';

/** The promises of the log that the doctor checks. Group `Promise`. */
export const PROMISES = vocabularyOf('Promise', {
  SUMS_ARE_ROSTER: [],
  ONE_OUTCOME: [],
  OUTCOME_IN_ITS_CHUNK: [],
  SUMS_ARE_OUTCOMES: [],
  ADVICE_IS_A_ROW: [],
  ROW_HAS_EVENT: [],
  NO_GAP: [],
  MONTHS_KEPT_OR_LET_GO: [],
  EVENTS_KNOWN: [],
  VIEWS_AS_LOG: [],
  SLOTS_ONCE: [],
});
