import { sentencesOf } from '../../domain/said.js';

/** What the dashboard says, beside Agendash's own page. In Korean: `data/codes`, group `Dashboard`. */
export const DASHBOARD = sentencesOf('Dashboard', {
  OTHER_SITE: 'The dashboard is not open to pages of other sites.',
  FOR_ADMINS: 'The job dashboard is for admins; you have the role {role}. Ask an admin, or sign in with an admin’s key.',
  JOB_STORE_DOWN: 'The job store does not answer. Start it; jobs are shown as soon as it is back, and runs go on without it.',
  REQUEST: 'The dashboard cannot do anything with this request.',
  JOB_IDS: '`jobIds` must be a list of at most {most} ids of jobs. Load the page again.',
  NONE_MADE: 'No job can be made here: a schedule makes its own. Create one with `createSchedule` or "{command}".',
  NONE_DELETED:
    'No job can be deleted here: the next sync would make it again. Pause it, or delete its schedule with `deleteSchedule` or "{command}".',
  NONE_REQUEUED: 'No job can be requeued here: it is runs that are repeated. Use `runBatch`, `retryRun` or "{command}".',
  NONE_RETRIED:
    'No job can be retried here: what a failed job left undone is taken up within seconds. Users that failed are repeated with `retryRun` or "{command}".',
  LOOKED_AT: 'Here jobs are looked at, and those of schedules paused and resumed; nothing else can be done.',
  TITLE: 'Job dashboard',
  JOBS: 'Jobs',
  LEAD: 'For admins. Sign in with an API key (`ibk_…`) or a token whose role is admin.',
  KEY: 'API key or token',
  SIGN_IN: 'Sign in',
  SIGN_OUT: 'Sign out',
  KEY_MADE: 'A key is made with `{command}`. It is the same session as on the console: a person signed in there is signed in here, too.',
  TO_CONSOLE: 'To the console',
});
