import type pg from 'pg';
import { expect } from '@jest/globals';
import { checkInvariants } from '../../src/doctor/invariants.js';
import { ErasureDesk } from '../../src/lifecycle/erasure/erasure-desk.js';
import { runToEnd } from './batch-client.js';
import { dataOf } from './graphql-client.js';
import { addPerson, type KnownPerson } from './known-person.js';
import { createPatients, type PatientsDatabase } from './patients-database.js';
import { startTestService, type TestService } from './test-service.js';
import { until } from './until.js';
import type { Needles } from './walk-batch.js';

/** The person who is erased. */
export const PERSON: KnownPerson = { id: 1_234_567_891, username: 'hong.canary', firstName: '길동카나리' };
/** Another one, with a number and names much like those. */
export const TWIN: KnownPerson = { id: 1_234_567_892, username: 'hong.other', firstName: '길순카나리' };
/** Words of operators that name the person, in each way. */
export const NAMING = [`문의: 환자 ${PERSON.id}의 조언`, `asked by ${PERSON.username.toUpperCase()}`, `${PERSON.firstName}님 요청`];
/** Words of a recall that do so: why it was asked for, and why it was lifted. */
export const RECALLING = [`리콜: ${PERSON.id}`, `lifted for ${PERSON.username}`];
/** Words that do so in no event: a silence is none. */
export const SILENT = `조용히: ${PERSON.id}`;
/** What clients call their requests: one names the person, one the other. */
export const KEYS = [`asked-for-${PERSON.id}`, `asked-for-${TWIN.id}`];
/** Words that name others, or nobody. */
export const OTHERS = [`문의: 환자 ${PERSON.id}0의 조언`, `asked by ${TWIN.username}`, '모두를 위해'];
/** Runs in which both are. */
export const RUNS = NAMING.length + OTHERS.length + 1;

/** The log as it was written, but for who may be told of it. */
export const LOG = 'select row_to_json(e)::text as line from batch.event_log e order by xid, position';
/** What is told of other persons. */
export const REST = `select row_to_json(e)::text as line from batch.event e where subject is not null and user_id is distinct from ${PERSON.id} order by xid, position`;

/** Patients of whom one is known in every way in which the service knows somebody. */
export interface ErasureWorld {
  readonly database: PatientsDatabase;
  readonly service: TestService;
  readonly desk: ErasureDesk;
  /** All by which something leads to a person now. */
  needlesOf(person: KnownPerson): Promise<Needles>;
  /** Promises of the log and of runs that are not kept. */
  broken(): Promise<string[]>;
  /** Rows of `LOG` or `REST`. */
  lines(text: string, client?: Pick<pg.Pool, 'query'>): Promise<string[]>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Makes such a world of a test's own. */
export async function makeErasureWorld(): Promise<ErasureWorld> {
  const database = await createPatients(40);
  for (const person of [PERSON, TWIN]) await addPerson(database, person);
  const service = await startTestService(database);
  await makeKnown(database, service);
  return {
    database,
    service,
    desk: new ErasureDesk(database.pool),
    needlesOf: (person) => needlesOf(database, person),
    broken: async () => (await checkInvariants(database.pool)).filter(({ ok }) => !ok).map(({ name, found }) => `${name}: ${found}`),
    lines: async (text, client = database.pool) => (await client.query<{ line: string }>(text)).rows.map(({ line }) => line),
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function makeKnown(database: PatientsDatabase, { url }: TestService): Promise<void> {
  // Numbers of advice that are those of nothing else.
  await database.rows(`select setval(pg_get_serial_sequence('ibsafe_interventionrecord', 'id'), 1987654000)`);
  // Each under a key: what is kept of an order under one says who it is about.
  for (const [at, reason] of [...NAMING, ...OTHERS].entries())
    await runToEnd(url, { userIds: [PERSON.id, TWIN.id, 1, 2], onExisting: 'REGENERATE', reason, idempotencyKey: `${KEYS[at % 2]}/${at}` });
  await runToEnd(url, { onExisting: 'REGENERATE' });
  for (const reason of [NAMING[2], SILENT, OTHERS[1]]) await silence(url, reason ?? '');
  await recall(url, RECALLING);
  await dataOf(url, `query ($id: Int!) { patient(id: $id) { active } }`, { id: PERSON.id });
  await until(async () => (await database.column(`select from batch.person_read_user where user_id = ${PERSON.id}`)).length > 0);
  await database.rows(
    `insert into batch.session (id, secret_hash, actor, way, user_id, signed_in_at, seen_at, idle_until, ends_at)
      select gen_random_uuid(), sha256(int4send(n)), 'a clerk', 'IBSAFE', $1, now(), now(), now() + interval '1 h', now() + interval '1 h' from generate_series(1, 2) n`,
    [PERSON.id],
  );
  // As a provider that is away leaves it: the run has ended, and its batch is not cleaned up yet.
  await database.rows(
    `insert into batch.model_batch (key, run_id, chunks, state, requests, lines, reserved_micros, wait_until)
      select gen_random_uuid(), gen_random_uuid(), '{0}', 'CLOSING', 1, jsonb_build_array(jsonb_build_object('customId', 'a line', 'userId', $1::int, 'inputsHash', 'x', 'sentBytes', 1, 'reservedMicros', 1)), 1, now()`,
    [PERSON.id],
  );
  // As a release before this one left it.
  await database.rows(`update batch.chunk_work set user_ids = array[${PERSON.id}, 1]`);
}

async function recall(url: string, [reason, lifted]: readonly string[]): Promise<void> {
  const ask = 'mutation ($input: RecallInput!) { recall(input: $input) { ... on RecallAccepted { recall { id } } } }';
  const input = { promptVersion: 'none-such', reason, idempotencyKey: 'recalled' };
  const begun = await dataOf<{ recall: { recall: { id: string } } }>(url, ask, { input });
  const lift = 'mutation ($id: UUID!, $reason: String) { liftRecall(id: $id, reason: $reason) { __typename } }';
  const ended = await dataOf(url, lift, { id: begun.recall.recall.id, reason: lifted });
  expect(ended).toMatchObject({ liftRecall: { __typename: 'RecallAccepted' } });
}

async function silence(url: string, reason: string): Promise<void> {
  const text = 'mutation ($input: SilenceAlertsInput!) { silenceAlerts(input: $input) { __typename } }';
  const input = { kind: 'RUN_FAILED', until: new Date(Date.now() + 3_600_000).toISOString(), reason };
  expect(await dataOf(url, text, { input })).toMatchObject({ silenceAlerts: { __typename: 'SilenceAccepted' } });
}

/** All by which something leads to a person now, the values that only their own secret opens among them. */
export async function needlesOf(database: PatientsDatabase, { id, username, firstName }: KnownPerson): Promise<Needles> {
  const [row] = await database.rows<{ secret: string }>('select secret from batch.subject where user_id = $1', [id]);
  const sealed = await database.rows<{ kind: string; value: string }>(
    `select distinct k.key as kind, e.data->>k.key as value from batch.event e, (values ('inputsHash'), ('responseHash'), ('interventionId')) k (key)
      where e.user_id = $1 and e.data->>k.key is not null`,
    [id],
  );
  const opened = Object.fromEntries(sealed.map(({ kind, value }, at) => [`${kind} ${at}`, value]));
  return { id, username, firstName, secret: row?.secret ?? '', ...opened };
}
