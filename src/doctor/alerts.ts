import type { Pool } from 'pg';
import { asTyped } from '../base/as-typed.js';
import { configuredChannels } from '../alerts/alert-settings.js';
import type { Config } from '../config/config.js';
import type { Value } from '../domain/said.js';
import { ok, warning, type CheckResult } from './finding.js';
import { tell } from './finding-words.js';

interface Counts {
  readonly givenUp: number;
  readonly late: number;
  /** Sent in seven days, and not to every receiver. */
  readonly partly: number;
  readonly open: number;
  readonly codes: string | null;
}

const PARTLY = `d.state = 'SENT' and d.last_code like 'SMTP%FOR%OF%' and d.ended_at > now() - interval '7 days'`;

const COUNTS = `select count(*) filter (where d.state = 'GIVEN_UP' and d.ended_at > now() - interval '7 days')::int as "givenUp",
    count(*) filter (where d.state = 'WAITING' and d.made_at < now() - interval '10 minutes' and not exists (
      select from batch.alert_silence s where s.kind = a.kind and (s.subject is null or s.subject = a.subject) and s.ended_at is null and s.until > now()))::int as late,
    count(*) filter (where ${PARTLY})::int as partly,
    count(distinct a.id) filter (where a.state = 'OPEN')::int as open, string_agg(distinct d.channel || ' ' || d.last_code, ', ') filter (
      where (d.state in ('GIVEN_UP', 'WAITING') or ${PARTLY}) and d.last_code is not null) as codes
  from batch.alert a left join batch.alert_delivery d on d.alert_id = a.id`;

/** Whether those who are to be told are told. */
export async function judgeAlerts(config: Config, pool: Pool): Promise<CheckResult> {
  const channels = configuredChannels(config);
  const { givenUp, late, partly, open, codes } = (await pool.query<Counts>(COUNTS)).rows[0] as Counts;
  const named = channels.map(({ name }): Value => name.toLowerCase());
  const told = named.length === 0 ? tell('NO_CHANNEL') : named.reduce((one, other) => tell('CHANNELS', { one, other }));
  const found = tell('ALERTS_READY', { channels: told, open });
  if (givenUp + late + partly === 0) return ok(found);
  const last = codes === null ? '' : ` (${codes})`;
  return warning(
    tell('ALERTS_UNSENT', { alerts: found, givenUp, late, partly, codes: last }),
    tell('TRY_CHANNELS', { test: asTyped('alert test'), list: asTyped('alert list') }),
  );
}
