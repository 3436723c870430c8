import type { Pool } from 'pg';
import { asTyped } from '../../as-typed.js';
import type { Config } from '../../config.js';
import { openPool } from '../../database/pool.js';
import { codeOf } from '../error-code.js';
import { llmSettings } from '../llm-settings.js';
import { judgeClock, judgeMigrations, judgeServer } from './database.js';
import { look, ok, problem, type Finding } from './finding.js';
import { judgeIndexes, judgeTables } from './ibsafe-tables.js';
import { checkInvariants } from './invariants.js';
import { judgeDisk, judgeNode } from './machine.js';
import { judgeModel } from './model.js';
import { reach } from './reach.js';
import { judgeIbsafeRights, judgeOwnRights } from './rights.js';
import { judgeLag, judgeMongoJobs, judgePostgresJobs, judgeWork } from './work.js';

export type { Finding } from './finding.js';

/** What the doctor is asked. */
export interface DoctorOptions {
  /** Also checks the invariants, which reads the whole log. */
  readonly invariants: boolean;
  /** Address of an embedded server that the caller has started and will stop; without it the doctor does both. */
  readonly embeddedUrl?: string;
}

/**
 * Looks at everything the service needs, and says of what is amiss what to do about it. A database of yours is only read: neither migrated nor
 * otherwise changed. The embedded one is started for the time of the examination if it does not run, which brings it up to date.
 */
export async function runDoctor(config: Config, options: DoctorOptions): Promise<readonly Finding[]> {
  const findings = [await look('Node', () => judgeNode(process.versions.node))];
  if (config.DATABASE_URL === undefined) findings.push(await look('disk', () => judgeDisk(config.DATA_DIR)));
  const place = await reach(config, options.embeddedUrl);
  findings.push(place.finding);
  if (place.url !== undefined) {
    try {
      findings.push(...(await examine(config, place.url, options)));
    } finally {
      await place.stop();
    }
  }
  if (config.MONGODB_URL !== undefined) {
    const mongodbUrl = config.MONGODB_URL;
    findings.push(await look('job store', () => judgeMongoJobs(mongodbUrl)));
  }
  return findings;
}

async function examine(config: Config, url: string, { invariants }: DoctorOptions): Promise<Finding[]> {
  const pool = openPool({ url, max: 3, name: 'doctor', onError: () => undefined });
  try {
    const findings = [
      await look('PostgreSQL', () => judgeServer(pool)),
      await look('clock', () => judgeClock(pool)),
      await look('rights on schema batch', () => judgeOwnRights(pool)),
      await look("IBSafe's tables", () => judgeTables(pool)),
      await look("rights on IBSafe's tables", () => judgeIbsafeRights(pool)),
      await look("indexes of IBSafe's tables", () => judgeIndexes(pool)),
    ];
    const migrations = await look('migrations', () => judgeMigrations(pool, url));
    findings.push(migrations);
    // What follows reads tables that the migrations make.
    if (migrations.status === 'ok')
      findings.push(...(await examineWork(config, pool)), ...(invariants ? await examineInvariants(pool) : []));
    return findings;
  } finally {
    await pool.end();
  }
}

/** At so many times the limit of the alarm a lag does not end by itself any more. */
const MUST_ACT = 6;

async function examineWork(config: Config, pool: Pool): Promise<Finding[]> {
  const jobs = config.MONGODB_URL === undefined ? [await look('job store', () => judgePostgresJobs(pool))] : [];
  const alarmS = config.BATCH_LAG_ALARM_MS / 1_000;
  const openS = { warning: alarmS, problem: MUST_ACT * alarmS };
  const model = llmSettings(config) === undefined ? [] : [await look('language model', () => judgeModel(config, pool))];
  return [...jobs, ...model, await look('log', () => judgeLag(pool, openS)), await look('workers and runs', () => judgeWork(pool))];
}

async function examineInvariants(pool: Pool): Promise<Finding[]> {
  const advice = `This should never be. Keep the database as it is and report it; for views alone, "${asTyped('rebuild --verify')}" puts them right.`;
  try {
    const results = await checkInvariants(pool);
    return results.map(({ name, ok: holds, found }) => ({ check: `invariant: ${name}`, ...(holds ? ok(found) : problem(found, advice)) }));
  } catch (error) {
    return [{ check: 'invariants', ...problem(`could not be checked (${codeOf(error)})`, 'See to the findings above first.') }];
  }
}
