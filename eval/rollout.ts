import { readConfig } from '../src/config/config.js';
import { openPool, closePool } from '../src/database/pool.js';
import { recordJudged } from '../src/application/rollouts/order-rollout.js';
import { isRejection } from '../src/domain/rejection.js';
import { ARMS, type Arm } from '../src/domain/rollout/arm.js';
import type { JudgedByArm } from '../src/domain/rollout/rollout-events.js';
import type { Rollout } from '../src/domain/rollout/rollout.js';
import type { JudgedRows } from '../src/domain/rollout/stop-rule.js';
import { loadPoints } from '../src/generators/points/points-file.js';
import { databaseDeps } from '../src/runtime/make-deps.js';
import { Oracle } from './oracle/oracle.js';
import { openPantry } from './oracle/pantry.js';
import { readFoods, readRecords, readRows } from './oracle/read-records.js';
import { UsageError } from './usage-error.js';

type Pool = ReturnType<typeof openPool>;

// The newest first: the older a row, the likelier that records came or were mended since it was written.
const NEWEST = `select (e.data->>'interventionId')::bigint::text as id from batch.event e
  where e.subject is not null and e.user_id is not null and e.type = 'InterventionGenerated' and e.data->'rollout'->>'id' = $1 and e.data->'rollout'->>'arm' = $2
    and e.data->'interventionId' <> 'null' and e.run_month >= date_trunc('month', $4::timestamptz - interval '2 months')::date
  order by e.position desc limit $3`;

/**
 * Judges saved rows of both sides of a rollout, as many of each at most as `most`, and records what came of it: the rollout stops where its candidate says more that is not true than is allowed. A side whose
 * vocabulary is not that of this checkout is not judged.
 */
export async function judgeRollout(
  environment: Readonly<Record<string, string | undefined>>,
  rolloutId: string,
  most: number,
): Promise<Rollout> {
  const { DATABASE_URL: url, ADVICE_LANGUAGE: language } = readConfig(environment);
  if (url === undefined) throw new UsageError('--rollout needs DATABASE_URL: the database that the rollout is in');
  const pool = openPool({ url, max: 4, name: 'eval', searchPath: 'public', onError: () => undefined });
  try {
    const deps = { ...databaseDeps(pool, 3), settings: { workerId: 'eval' } };
    const rollout = await deps.rollouts.find(rolloutId);
    if (rollout === undefined) throw new UsageError(`there is no rollout ${rolloutId}`);
    const oracle = new Oracle(openPantry(), language);
    const judged = await judgedSides(pool, rollout, { oracle, most });
    const answer = await recordJudged(deps, { rolloutId, judged, actor: 'eval' });
    if (isRejection(answer)) throw new UsageError(answer.message);
    return answer;
  } finally {
    await closePool(pool, 1_000);
  }
}

interface Judging {
  readonly oracle: Oracle;
  readonly most: number;
}

async function judgedSides(pool: Pool, rollout: Rollout, judging: Judging): Promise<JudgedByArm> {
  const own = loadPoints().version;
  const { candidate, inForce } = rollout.request;
  const side = (arm: Arm): Promise<JudgedRows> => {
    const isOwn = (arm === 'CANDIDATE' ? candidate : inForce).vocabulary === own;
    return isOwn ? judgedRows(pool, { rollout, arm }, judging) : Promise.resolve({ rows: 0, falsehoods: 0 });
  };
  const [one, other] = await Promise.all(ARMS.map(side));
  return { CANDIDATE: one as JudgedRows, IN_FORCE: other as JudgedRows };
}

async function judgedRows(
  pool: Pool,
  { rollout, arm }: { readonly rollout: Rollout; readonly arm: Arm },
  { oracle, most }: Judging,
): Promise<JudgedRows> {
  const { rows: ids } = await pool.query<{ id: string }>(NEWEST, [rollout.rolloutId, arm, most, rollout.startedAt]);
  const found = await readRows(pool, 'i.id = any($1::bigint[])', [ids.map(({ id }) => id)]);
  const foods = await readFoods(pool);
  let [rows, falsehoods] = [0, 0];
  for (const { userId, recordDate, row } of found) {
    const { isJudged, findings } = oracle.judge(row, await readRecords(pool, userId, recordDate), foods);
    if (!isJudged) continue;
    rows += 1;
    if (findings.length > 0) falsehoods += 1;
  }
  return { rows, falsehoods };
}
