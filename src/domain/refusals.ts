import { sentencesOf } from './said.js';

/** Why something that was asked for is refused, and what stands within such a sentence. In Korean: `data/codes`, group `Refusal`. */
export const REFUSALS = sentencesOf('Refusal', {
  NO_ACTIVE_SCHEDULE:
    'At least one schedule must be active, found none. Create or resume a schedule first; or, to run all the same, say why: --without-schedule "reason" on the command line, `withoutSchedule` in GraphQL.',
  RUN_WITHOUT_REASON: 'A run without a schedule needs a reason of 1 to {most} characters, found none. Say why it cannot wait for one.',
  PAUSE_WITHOUT_REASON: 'A pause needs a reason of 1 to {most} characters, found none. Say why.',
  SILENCE_WITHOUT_REASON: 'A silence needs a reason, found none. Say why it is not to be sent.',
  REASON_TOO_LONG: 'A reason takes at most {most} characters, found {found}. Shorten it.',
  REASON_UNPRINTABLE:
    'A reason is one line of characters that are seen, found a line break, a control character, a mark of direction or half of a surrogate pair. Leave them out.',
  DATE_IN_FUTURE: 'The record date must be {today} or earlier, found {found}. Choose a day that has records.',
  DATE_TOO_OLD: 'The record date must be {oldest} or later, found {found}. Choose a day that has records.',
  RUN_ALREADY_ACTIVE: 'A run for {date} is already active ({run}). Follow it, or wait until it has ended.',
  EMPTY_USER_IDS: 'userIds must name at least one user, found none. Leave it out to run for all users.',
  TOO_MANY_USER_IDS: 'userIds takes at most {most} users, found {found}. Leave it out to run for all users.',
  UNKNOWN_USERS: 'Every id of userIds must be an active, non-staff account; these are not: {users}. Remove them.',
  CHUNK_SIZE_OUT_OF_RANGE: 'chunkSize must be a whole number from {least} to {most}, found {found}.',
  GENERATOR_NOT_AVAILABLE: 'Generator {generator} is not configured here. Available: {available}.',
  PROGRAM_NOT_AVAILABLE: 'Program {program} is not available here. Available: {available}.',
  MODE_NOT_AVAILABLE: 'Only a language model is asked by batches, found generator {generator}. Choose generator LLM, or leave mode out.',
  IDEMPOTENCY_KEY_INVALID: 'An idempotency key is 1 to 128 printable ASCII characters without spaces. Send a UUID.',
  IDEMPOTENCY_KEY_REUSED: 'This idempotency key already stands for another input: it made {made}. Use a new key for a new request.',
  RUN_NOT_FOUND: 'There is no run {run}. List the runs with `runs`.',
  RUN_ALREADY_ENDED: "Run {run} has ended ({status}) and cannot be {done}. Start another run, or retry this one's users.",
  RUN_ALREADY_PAUSED: 'Run {run} is paused already. Resume it to let it go on. It is paused because: {why}',
  RUN_NOT_PAUSED: 'Run {run} is not paused, it is {status}: there is nothing to resume.',
  RUN_BEING_CANCELLED: 'Run {run} is being cancelled and cannot be {done}. Start another run for what is left.',
  RUN_NOT_ENDED: 'Run {run} has not ended, it is {status}. Wait for its end, or cancel it first.',
  DONE_PAUSED: 'paused',
  DONE_RESUMED: 'resumed',
  DONE_CANCELLED: 'cancelled',
  NO_REASON_GIVEN: 'no reason was given',
  NOTHING_TO_RETRY: "Expected users with an open account among those of {wanted}, found none. The run's outcomes: {found}. Choose others.",
  OUTCOMES: 'generated {generated}, skipped {skipped}, failed {failed}, cancelled {cancelled}',
  OUTCOMES_WITH_REASONS: '{outcomes}; {reasons}',
  NO_OUTCOMES_CHOSEN: '`only` must name at least one of {words}, found none. Name one.',
  BEFORE_RETENTION:
    'The outcomes of run {run} were let go with {month}, and the users to repeat are not known any more. Ask for a run of its date.',
  DATES_REVERSED: 'The first date must not be after the last, found {from} to {to}. Exchange them.',
  DATE_NOT_PAST: 'A backfill ends with {yesterday} or earlier, found {found}. Leave later days to the schedule.',
  BACKFILL_TOO_OLD: 'A backfill begins with {oldest} or later, found {found}. Choose days that have records.',
  TOO_MANY_DATES: 'A backfill covers at most {most} dates, found {found}. Ask for several, one after another.',
  ACTIVE_RUNS_OUT_OF_RANGE: 'maxActiveRuns must be a whole number from {least} to {most}, found {found}.',
  BACKFILL_NOT_FOUND: 'There is no backfill {backfill}. List them with `backfills`.',
  BACKFILL_ENDED: 'Backfill {backfill} has ended: every date had its run. There is nothing to cancel.',
  SCHEDULE_NEVER_MADE: 'There never was a schedule {schedule}. List the schedules for their ids.',
  SCHEDULE_NOT_FOUND: 'Expected an existing schedule, found none. List the schedules for their ids.',
  SCHEDULE_DELETED: 'Expected an existing schedule, found a deleted one. List the schedules for their ids.',
  IMPORT_RENUMBERED:
    "The schedule has number {number}, not its row's id {row}: ids from 1 to {most} are kept. Tell the clients that know it by its id.",
  SCHEDULE_EXISTS: 'Expected an unused id, found one that has a schedule. Ask for another id.',
  VERSION_CONFLICT:
    'Expected version {expected}, found {found}: the schedule was changed meanwhile. Read it again and repeat what still applies.',
  SLOTS_NOT_SETTLED: 'Expected every slot up to {until} to be recorded, found {slot} open. Record it and try again.',
  ALREADY_PAUSED: 'Expected an active schedule, found a paused one. Nothing needs doing; resume it to start it again.',
  NOT_PAUSED: 'Expected a paused schedule, found an active one. Nothing needs doing.',
  INVALID_REASON: 'Expected a reason of 1 to {most} characters on one line, found {found}. Say why it is paused.',
  CHARACTERS_FOUND: '{count} characters',
  NO_TEXT_FOUND: 'no text',
  INVALID_SCHEDULE: '{problems}. Correct it and send it again.',
  FIELD_PROBLEM: '{field}: expected {expected}, found {found}',
  PROBLEM_AND_MORE: '{problem}; {more}',
  SILENCE_TOO_LONG: 'A silence ends within {days} days from now, found {found}. Choose a time after now and before that.',
  TOO_MANY_SILENCES: '{going} silences go on, and at most {most} can. End those that are not needed, or silence all alerts of the kind.',
  SILENCE_NOT_FOUND: 'No silence has the id {silence} and goes on. List them with `alertSilences`.',
  SCHEDULES_EXIST: 'Expected no schedule, found some. Leave them, or pass `force: true` to delete them all and make the default one.',
  JOB_STORE_UNAVAILABLE:
    'The job store does not answer. Slots are still fired, by the watchdog, a little later; start the store, and its jobs are mended within minutes.',
  JOB_OF_NO_SCHEDULE:
    'Only the job of a schedule can be paused or resumed, found 1 that is none or is gone. Load the page again; pause a run itself, with `pauseRun`.',
  JOBS_OF_NO_SCHEDULE:
    'Only the job of a schedule can be paused or resumed, found {count} that are none or are gone. Load the page again; pause a run itself, with `pauseRun`.',
  JOBS_TURNED_IN_PART: '{done} of {of} schedules were turned. The first that was not: {why}',
  NO_IBSAFE_SCHEDULES:
    'Expected IBSafe’s table public.ibsafe_batchschedule, found none. Check that DATABASE_URL names IBSafe’s database, or create schedules here.',
  LOG_UNREADABLE:
    'Expected a log that this release can read, found otherwise: {found}. Nothing was changed. Run the release that wrote the event, or restore the log.',
  SESSION_NOT_FOUND: 'No session of yours has the id {session} and goes on. List them with `sessions`.',
  API_KEY_NAME_INVALID: 'Expected 1 to 60 letters, digits, blanks, dots, dashes or underscores, a letter or digit first.',
  API_KEY_NAME_TAKEN: 'A key in use is named "{name}": choose another name, or revoke that one first.',
  API_KEY_NOT_FOUND: 'No key in use has this prefix. List them with `apiKeys`.',
  NO_ARCHIVE_FOLDER:
    'Expected RETENTION_ARCHIVE_DIR to name a folder that lasts, found none. Nothing was changed. Set it, and start the service again.',
  RECALL_UNKNOWN:
    'Expected a dish, a point, a wording or a prompt version of this service, found another. A dish is recalled by its code in data/dishes.csv, before a release takes it out.',
  RECALL_SINCE: 'Rows are looked for from a date up to {days} days before today ({today}), found {found}. Choose another first date.',
  RECALL_GOING: '{what} is recalled already ({recall}). Lift that recall first, or look at what is left with a preview.',
  RECALL_OF_WARNING:
    '{what} is said whenever it is true, since it warns of a danger, and cannot be recalled whole. Recall one of its wordings.',
  RECALL_LEAVES_NOTHING: 'Without {what} advice cannot be made any more: nothing serves {lacking}. Bring a release that mends it.',
  RECALL_NOT_FOUND: 'There is no recall {recall}. List them with `recalls`.',
  RECALL_LIFTED: 'Recall {recall} was lifted already. There is nothing to do.',
  ROLLOUT_NO_CANDIDATE:
    'No candidate is configured here. Set LLM_CANDIDATE_MODEL, LLM_CANDIDATE_PROMPT or ADVICE_CANDIDATE_DIR for every process, and start them again.',
  ROLLOUT_PROGRAM: 'A model writes no {program} advice: the rules do. Choose program daily.',
  ROLLOUT_SAME: 'The candidate is the version in force: nothing would differ. Configure another model, prompt or vocabulary.',
  ROLLOUT_SHARE: 'A share is a whole percentage from 1 to 100, found {found}.',
  ROLLOUT_SEED: 'A seed is 1 to 40 small letters, digits and dashes. Leave it out for one of its own.',
  ROLLOUT_THRESHOLD: '{name} must be a whole number from {least} to {most}, found {found}.',
  ROLLOUT_GOING: 'A rollout of {program} goes on ({rollout}). Stop it first.',
  ROLLOUT_NOT_FOUND: 'There is no rollout {rollout}. List them with `rollouts`.',
  ROLLOUT_NOT_RUNNING: 'Rollout {rollout} is {status}, and takes no such order. Start another one.',
  MARK_ROW_NOT_FOUND:
    'Expected a row of the sample whose advice still stands, found none: it was written anew meanwhile, or its person was erased. Read the sample again.',
  MARK_NOT_OF_ROW: 'Points and dishes of a mark must be of its row, found others. Choose among those that the row shows.',
  MARK_WITHOUT_WHAT: 'A mark of a wrong or harmful row names a point, a dish or a note, found none. Say what is wrong.',
  MARK_TOO_MILD:
    'Only a mark WRONG or HARMFUL recalls something or turns a point off, found another verdict. Choose one of them, or leave both out.',
  MARK_WITHOUT_POINT: 'Expected at least one point to turn off, found none. Name the point that is wrong.',
  MARK_RECALLS_ONE: 'A mark recalls exactly one point or one dish, found {found}. Name one, and mark the row again for another.',
  POINT_UNKNOWN: 'Expected a point of this service, found another. Points are those of data/points.',
  POINT_IS_OFF: '{point} is off already. There is nothing to do.',
  POINT_IS_WARNING:
    '{point} is said whenever it is true, since it warns of a danger, and cannot be turned off. Recall one of its wordings.',
  POINT_LEAVES_NOTHING: 'Without {point} advice cannot be made any more: nothing serves {lacking}. Bring a release that mends it.',
  POINT_NOT_OFF: 'Expected a point that is off, found another. There is nothing to do.',
  SIGN_COUNT: 'Expected 1 to {most} rows in one request, found {found}. Sign them in parts.',
  SIGN_UNKNOWN: 'Expected rows of this service, found another. List them with `signableRows`.',
  SIGN_CHANGED: 'Expected {row} as it is now, found what it was before: it changed since it was shown. Read it again, then sign it.',
  SIGNED_IN_FILE: '{row} is signed in its file under data/, and that signature is withdrawn there. Nothing was changed.',
  RETENTION_BUSY: 'Another process is letting months go. Wait for it, and look at `retention` again.',
  NOTHING_KNOWN: 'Nothing is known of this person: no outcome, no run and no read names them. Nothing was changed. Check the number.',
  RUN_UNFINISHED: 'Run {run} has not ended and covers this person. Nothing was erased. Wait for its end or cancel it, then erase.',
  NAME_DIFFERS:
    'Expected the name of the account as the preview shows it, of a deleted account its number; found another. Nothing was erased. Type it letter for letter.',
});

/** Why something is refused: its English, and its code with values. */
export const because = REFUSALS.tell;
