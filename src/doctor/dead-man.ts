import type { Pool } from 'pg';
import { switchState } from '../alerts/dead-man-switch.js';
import type { Config } from '../config/config.js';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** Pings that may be missing before it is said. */
const MISSED = 3;

/** Whether something outside is told that the night is well. */
export async function judgeDeadMan({ ALERT_DEAD_MAN_URL: url, ALERT_DEAD_MAN_MS: everyMs }: Config, pool: Pool): Promise<CheckResult> {
  const { pingedAt, pingedMsAgo, signs, lastCode } = await switchState(pool);
  if (url === undefined && pingedAt === null) return ok(tell('SWITCH_UNSET'));
  const last = pingedAt === null ? tell('SWITCH_NEVER_TOLD') : tell('SWITCH_LAST_TOLD', { at: pingedAt.toISOString() });
  if (url === undefined) return ok(tell('SWITCH_UNSET_HERE', { last }));
  if (signs.length > 0) return warning(tell('SWITCH_HELD_BACK', { last, signs: signs.join(', ') }), tell('MEND_SIGNS'));
  const code = lastCode ?? '-';
  // One that lies further ahead was noted by a clock that was wrong.
  if (pingedMsAgo !== null && Math.abs(pingedMsAgo) < MISSED * everyMs) return ok(tell('SWITCH_TOLD', { last, code }));
  return warning(tell('SWITCH_NOT_TOLD', { last, code }), tell('TRY_SWITCH', { setting: 'ALERT_DEAD_MAN_URL' }));
}
