/**
 * Actors of the service's own, as the log names them. All others are people, keys (`key:…`), tokens (`token:…`, `oidc:…`, `ibsafe:…`) and processes, which write
 * under their ids. Each has a name in both languages (`data/codes`, group `Caller`).
 */
export const OWN_ACTORS = {
  /** A caller of this machine where no sign-in is set up. */
  local: 'local',
  cli: 'cli',
  scheduler: 'scheduler',
  /** Runs for records that came after the night's run. */
  lateData: 'late data',
  firstStart: 'first start',
  retention: 'nightly retention',
} as const;
