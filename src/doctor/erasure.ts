import type { Pool } from 'pg';
import { asTyped } from '../base/as-typed.js';
import { ErasureDesk } from '../lifecycle/erasure/erasure-desk.js';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

/** Whether persons are known still whose account IBSafe deleted. */
export async function judgeErasure(pool: Pool): Promise<CheckResult> {
  const count = await new ErasureDesk(pool).countWithoutAccount();
  if (count === 0) return ok(tell('DELETED_FORGOTTEN'));
  return warning(tell('DELETED_KNOWN', { count }), tell('ERASE_DELETED', { command: asTyped('erase --deleted') }));
}
