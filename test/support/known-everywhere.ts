import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IBSAFE_SECRET } from '../api/identity-issuers.js';
import { withClient } from '../../src/database/connect.js';
import { openLocalModel } from '../../src/local-model/local-model.js';
import { migrate } from '../../src/migrations/migrate.js';
import { startAlertReceiver } from './alert-receiver.js';
import { startCli, type Ended } from './cli-process.js';
import { addPerson, type KnownPerson } from './known-person.js';
import { startMailServer } from './mail-server.js';
import { findPostgresPrograms, startOwnCluster, type OwnCluster } from './own-cluster.js';
import { fillWithPatients, type PatientsDatabase } from './patients-database.js';
import { Resources } from './resources.js';
import { createTestDatabase } from './test-database.js';
import { startTraceCollector } from './trace-collector.js';
import { tellMonths } from './years.js';

/** The person, and what IBSafe knows of nobody else. */
export const PERSON = {
  id: 1_234_567_891, username: 'hong.canary', firstName: '길동카나리', email: 'gildong@canary.example', preference: '카나리아콩 알레르기', food: '카나리아쌀밥',
} as const satisfies KnownPerson & Readonly<Record<string, string | number>>; // prettier-ignore
/** Another one, of whom everything stays. */
export const TWIN: KnownPerson = { id: 1_234_567_892, username: 'kim.twin', firstName: '길순이' };

const PATIENTS = 30;
/** Months before the one that goes on; retention is told to keep one of them. */
const MONTHS = 3;
const ROLES = ['api', 'worker', 'scheduler'] as const;
/** All that tells of a night, and all that keeps something. */
const SETTINGS = {
  LOG_LEVEL: 'trace', WORKER_LANES: '2', BATCH_SWEEP_MS: '500', BATCH_POLL_MS: '50', METRICS_PORT: '0', AUTH_API_KEYS: 'on', AUTH_IBSAFE_JWT_SECRET: IBSAFE_SECRET,
  ALERT_EMAIL_FROM: 'batch@here.example', ALERT_EMAIL_TO: 'night@here.example', ALERT_FAILURES_PERCENT: '0', ALERT_PATIENCE_MS: '100',
  ALERT_WEBHOOK_SECRET: 'a-secret-of-the-test-0123456789abcdef', LLM_MODEL: 'local', RETENTION_KEEP_MONTHS: '1', RETENTION_EVERY_MS: '500',
} as const; // prettier-ignore

/** A service of three processes as it is built, with everything on, and a person among its patients. */
export interface KnownEverywhere extends AsyncDisposable {
  readonly database: PatientsDatabase;
  /** Undefined where this machine has no PostgreSQL with its programs. */
  readonly cluster: OwnCluster | undefined;
  /** The folder under which each process has its data folder and its log, and the archives are. */
  readonly folder: string;
  /** Where the api answers. */
  readonly url: string;
  /** Where each process tells its figures. */
  statusUrls(): string[];
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  /** What left the service: alerts and traces. */
  told(): Readonly<Record<'webhook' | 'mail' | 'traces' | 'model', readonly string[]>>;
  /** Ends the processes, so that their logs are whole. */
  stop(): Promise<void>;
}

/** Starts one. @param mongo the address of a MongoDB for the jobs; in PostgreSQL without */
export async function startKnownEverywhere(mongo?: string): Promise<KnownEverywhere> {
  const resources = new Resources();
  const folder = mkdtempSync(join(tmpdir(), 'ibsafe-batch-everywhere-'));
  resources.use({ [Symbol.asyncDispose]: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })) });
  const { database, cluster } = await makePatients(resources);
  const webhook = resources.use(await startAlertReceiver());
  const mails = await startMailServer();
  resources.use({ [Symbol.asyncDispose]: () => mails.close() });
  const collector = resources.use(await startTraceCollector());
  const asked: string[] = [];
  const model = resources.use(
    await openLocalModel({ port: 0, behave: () => ({ kind: 'sound' }), onReceived: ({ body }) => asked.push(body) }),
  );
  const env = {
    ...SETTINGS, DATABASE_URL: database.url, ALERT_WEBHOOK_URL: webhook.url, ALERT_SMTP_URL: mails.url, OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    LLM_BASE_URL: model.url, RETENTION_ARCHIVE_DIR: join(folder, 'archive'), ...(mongo !== undefined && { MONGODB_URL: mongo }),
  }; // prettier-ignore
  mkdirSync(env.RETENTION_ARCHIVE_DIR);
  const call = (args: readonly string[], role = 'command'): Promise<Ended> =>
    startCli([...args, '--lang', 'en'], { cwd: folder, env: { ...env, DATA_DIR: join(folder, role) } }).ended;
  const stop = async (): Promise<void> => void (await Promise.all(ROLES.map((role) => call(['stop'], role))));
  resources.use({ [Symbol.asyncDispose]: stop });
  let url = '';
  for (const role of ROLES) {
    const { code, stdout, stderr } = await call(['start', '--role', role, '--detach', '--json'], role);
    if (code !== 0) throw new Error(`the ${role} did not start: ${stderr}`);
    const { addresses } = JSON.parse(stdout) as { addresses: { frontPage?: string } };
    url ||= addresses.frontPage?.replace(/\/$/u, '') ?? '';
  }
  return {
    database,
    cluster,
    folder,
    url,
    statusUrls: () =>
      ROLES.map((role) => /"statusUrl":"([^"]+)"/u.exec(readFileSync(join(folder, role, 'service.log'), 'utf8'))?.[1] ?? ''),
    run: (...args) => call(args),
    told: () => ({ webhook: webhook.arrived.map(({ body, headers }) => JSON.stringify(headers) + body), mail: mails.mails, traces: collector.bodies, model: asked }), // prettier-ignore
    stop,
    [Symbol.asyncDispose]: () => resources.end(),
  };
}

async function makePatients(resources: Resources): Promise<{ database: PatientsDatabase; cluster: OwnCluster | undefined }> {
  const programs = findPostgresPrograms();
  if ('missing' in programs) console.warn(`no dump is looked through, because ${programs.missing}`);
  const cluster = 'bin' in programs ? resources.use(await startOwnCluster(programs.bin)) : undefined;
  const url = cluster?.createDatabase('ibsafe');
  if (url !== undefined) await migrate(url, { ibsafeTables: true });
  const place = url === undefined ? await createTestDatabase() : { url, drop: () => Promise.resolve() };
  const database = resources.use(await fillWithPatients(place, PATIENTS));
  for (const person of [PERSON, TWIN]) await addPerson(database, { ...person, username: `demo-${person.id}` });
  // Months that were lived through: accounts of other names would have none.
  await withClient({ url: database.url, name: 'months' }, (client) => tellMonths(client, MONTHS));
  const named = `update auth_user set username = $2, first_name = $3, email = $4 where id = $1`;
  await database.rows(named, [PERSON.id, PERSON.username, PERSON.firstName, PERSON.email]);
  await database.rows(named, [TWIN.id, TWIN.username, TWIN.firstName, '']);
  await database.rows('update ibsafe_userprofile set food_preference = $2, phone_number = $3 where user_id = $1', [
    PERSON.id,
    PERSON.preference,
    '010-1234',
  ]);
  await database.rows(
    `with eaten as (insert into ibsafe_food select (jsonb_populate_record(f, jsonb_build_object('id', (select max(id) + 1 from ibsafe_food), 'food_code', 'CANARY', 'food_name', $2::text))).*
        from ibsafe_food f where food_name = '쌀밥' limit 1 returning id)
      update ibsafe_userfoodrecord set food_id = eaten.id from eaten where user_id = $1`,
    [PERSON.id, PERSON.food],
  );
  // Numbers of advice that are those of nothing else.
  await database.rows(`select setval(pg_get_serial_sequence('ibsafe_interventionrecord', 'id'), 1987654000)`);
  return { database, cluster };
}
