import { expect } from '@jest/globals';
import { ibsafeClaims, IBSAFE_SECRET, signHs256 } from '../api/identity-issuers.js';
import { documents } from './cli-process.js';
import { type KnownEverywhere, PERSON, TWIN } from './known-everywhere.js';
import { RECORD_DATE } from './patients-database.js';
import { askWith } from './signed-callers.js';
import { until } from './until.js';

/** Words of operators that name the person, each in another way. */
const NAMING = [
  `환자 ${PERSON.id} 문의`,
  `asked by ${PERSON.username.toUpperCase()}`,
  `${PERSON.firstName}님 요청`,
  `mail of ${PERSON.email}`,
];
/** Words that name the other one. */
export const OTHERS = `asked by ${TWIN.username}`;
const BOTH = [PERSON.id, TWIN.id, 1, 2];

/** Has operators do all that the service offers about the person, by each door. @returns an admin's key */
export async function doEverything(known: KnownEverywhere): Promise<string> {
  const { database, run, url } = known;
  const [made] = documents((await run('key', 'create', '--name', 'an admin', '--role', 'admin', '--json')).stdout);
  const token = String(made?.['key']);
  const data = async <T>(query: string, variables: object = {}): Promise<T> => {
    const { data: told, errors } = await askWith<T>({ url }, { token, query, variables });
    if (errors !== undefined || told === null || told === undefined) throw new Error(`${query} was answered ${JSON.stringify(errors)}`);
    return told;
  };
  const order = async (field: string, input: object): Promise<string> => {
    const type = { runBatch: 'RunBatchInput', retryRun: 'RetryRunInput!' }[field] ?? '';
    const asked = `mutation ($input: ${type}) { ${field}(input: $input) { ... on RunBatchAccepted { run { id } } ... on Error { code message } } }`;
    const answer = await data<Record<string, { run?: { id: string }; message?: string }>>(asked, { input });
    const id = answer[field]?.run?.id;
    if (id === undefined) throw new Error(`${field}: ${answer[field]?.message}`);
    await ended(known);
    return id;
  };
  const usual = { recordDate: RECORD_DATE, userIds: BOTH, onExisting: 'REGENERATE' };

  // Runs that name the person: by the rules, by a model, one in which the person fails, which is told of, and its repetition.
  const [reason0, reason1, reason2, reason3] = NAMING;
  const first = await order('runBatch', { ...usual, reason: reason0, idempotencyKey: `for-${PERSON.id}` });
  await order('runBatch', { ...usual, reason: reason1, generator: 'LLM', idempotencyKey: 'another' });
  await order('runBatch', { ...usual, reason: OTHERS, shadow: true });
  await database.rows('update ibsafe_userprofile set has_nut_allergy = null where user_id = $1', [PERSON.id]).catch(() => undefined);
  await database.rows('update ibsafe_userexerciserecord set current_steps = -1 where user_id = $1', [PERSON.id]);
  const failed = await order('runBatch', { ...usual, reason: reason2 });
  await database.rows('update ibsafe_userprofile set has_nut_allergy = false where user_id = $1', [PERSON.id]);
  await database.rows('update ibsafe_userexerciserecord set current_steps = 5000 where user_id = $1', [PERSON.id]);
  await order('retryRun', { runId: failed, userIds: [PERSON.id], reason: reason3 });
  expect((await run('run', '--date', RECORD_DATE, '--username', PERSON.username, '--reason', `${PERSON.id}`)).code).toBe(0);
  const rest = await fetch(`${url}/api/batch/run/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await signHs256(ibsafeClaims(await superuser(known)), IBSAFE_SECRET)}` },
  });
  expect([rest.status, await rest.json()]).toEqual([200, expect.objectContaining({ status: 'PENDING' })]);
  await ended(known);
  const asked = { from: RECORD_DATE, to: RECORD_DATE, reason: reason0, withoutSchedule: reason2 };
  await data('mutation ($input: BackfillInput!) { backfill(input: $input) { ... on Error { message } } }', { input: asked });
  await ended(known);

  // What a reviewer says of the person's row, and the recall that comes of it.
  const row =
    'select run_id, split_part(stream, $$chunk-$$, 2) as chunk, version from batch.outcome_view where user_id = $1 and outcome = $2 order by run_id desc limit 1';
  const [place] = await database.rows<{ run_id: string; chunk: string; version: number }>(row, [PERSON.id, 'GENERATED']);
  const mark = { row: `${place?.run_id}.${place?.chunk}.${place?.version}`, verdict: 'UNCLEAR', note: reason2 };
  expect(await data('mutation ($input: MarkInput!) { markAdvice(input: $input) { __typename ... on Error { message } } }', { input: mark })).toEqual({ markAdvice: { __typename: 'MarkAccepted' } }); // prettier-ignore
  const taken = { point: 'SWAP', reason: reason3, idempotencyKey: `recall-${PERSON.id}` };
  await data('mutation ($input: RecallInput!) { recall(input: $input) { ... on Error { message } } }', { input: taken });
  await ended(known);
  const silence = { kind: 'RUN_FAILED', until: new Date(Date.now() + 3_600_000).toISOString(), reason: reason0 };
  await data('mutation ($input: SilenceAlertsInput!) { silenceAlerts(input: $input) { ... on Error { message } } }', { input: silence });

  // Reads, by each door, and a session of the person, who was of the staff for a day.
  const read = `patient(id: ${PERSON.id}) { active } userTimeline(userId: ${PERSON.id}) { days { recordDate } } interventions(filter: { userIds: [${PERSON.id}] }) { nodes { id } }`;
  await data(`{ ${read} }`);
  for (const path of [
    `/console/patients/${PERSON.id}`,
    `/graphql?query=${encodeURIComponent(`{ ${read} }`)}`,
    `/no/such/${PERSON.username}`,
  ])
    await (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } })).text();
  await askWith({ url }, { token, query: `{ patient(id: "${PERSON.id}") { ${PERSON.username} } }` }); // it cannot be answered, and is told of
  expect((await run('events', first)).code).toBe(0);
  await database.rows(
    `insert into batch.session (id, secret_hash, actor, way, user_id, signed_in_at, seen_at, idle_until, ends_at)
      values (gen_random_uuid(), sha256('a secret'), 'a clerk', 'IBSAFE', $1, now(), now(), now() + interval '1 h', now() + interval '1 h')`,
    [PERSON.id],
  );
  await until(async () => (await database.column('select from batch.person_read_user where user_id = $1', [PERSON.id])).length > 0);
  return token;
}

/** Waits until no run is under way. */
export function ended({ database }: Pick<KnownEverywhere, 'database'>): Promise<void> {
  const open = `select from batch.run_view where ended_at is null union all select from batch.backfill_view where status in ('ACTIVE', 'RUNNING')`;
  return until(async () => (await database.column(open)).length === 0);
}

async function superuser({ database }: KnownEverywhere): Promise<number> {
  await database.rows(`insert into auth_user select (jsonb_populate_record(u, '{"id": 900001, "username": "a clerk", "is_superuser": true, "is_staff": true}')).* from auth_user u limit 1 on conflict do nothing`); // prettier-ignore
  return 900_001;
}
