/** Why a night is not well: while one of these holds, the dead man's switch is not told that all is well. */
export const NIGHT_SIGNS = [
  /** Rights, tables or the server: no run could work. */
  'REQUIREMENT',
  /** A slot came due minutes ago, and no process recorded it. */
  'SLOT_OVERDUE',
  /** Advice that was to be there by a time of today is not. */
  'NOT_READY',
  /** A run failed, or waits for an operator because of a fault or of too many failures. */
  'RUN_STOPPED',
  /** Chunks wait, and no worker lives. */
  'NO_WORKER',
  /** An open transaction hides what is written. */
  'LOG_LAGGING',
  /** Alerts wait to be sent for a quarter of an hour: their readers do not know. */
  'ALERTS_STUCK',
] as const;
export type NightSign = (typeof NIGHT_SIGNS)[number];
