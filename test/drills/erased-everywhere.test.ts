import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, isRequiredArgument } from 'graphql';
import { MongoClient } from 'mongodb';
import { readDocument } from '../docs/markdown.js';
import { documents } from '../support/cli-process.js';
import { needlesOf } from '../support/erasure-world.js';
import { doEverything, OTHERS } from '../support/everything-done.js';
import { type KnownEverywhere, PERSON, startKnownEverywhere } from '../support/known-everywhere.js';
import { databaseUrl, findMongo, startMongod } from '../support/mongodb.js';
import { Resources } from '../support/resources.js';
import { anyLiteral, operationFor, walkFields } from '../support/schema-walk.js';
import { askWith } from '../support/signed-callers.js';
import { until } from '../support/until.js';
import { type Needles, placesHolding, statisticsHolding, tablesOf } from '../support/walk-batch.js';
import { collectionsOf, filesOf, needlesIn, textsHolding } from '../support/walk-everything.js';

const MONGO = await findMongo();
if (MONGO.from === 'nowhere') console.warn(`skipped: an erasure with jobs in MongoDB, because there is ${MONGO.reason}`);
const STORES = ['PostgreSQL', ...(MONGO.from === 'nowhere' ? [] : ['MongoDB'])];

/** What is told of others, as the log has it, and what is counted. */
const REST = `select row_to_json(e)::text from batch.event e where subject is not null and user_id is distinct from ${PERSON.id} and user_id is not null order by xid, position`;
const COUNTED = 'select row_to_json(c)::text from batch.chunk_view c order by 1';
/** Roots that are asked by the person: IBSafe's own rows are hers, and are answered while they are there. */
const BY_PERSON = new Set(['patient', 'userTimeline', 'erasurePreview', 'forecast', 'interventions']);

describe.each(STORES)('A person of whom a service with everything on knows all, with jobs in %s', (store) => {
  const resources = new Resources();
  let known: KnownEverywhere;
  let mongo: string | undefined;
  let token: string;
  let needles: Needles;
  let rest: string[];
  let counted: string[];

  beforeAll(async () => {
    if (store === 'MongoDB' && MONGO.from !== 'nowhere') mongo = databaseUrl(resources.use(await startMongod(MONGO)).url).href;
    known = resources.use(await startKnownEverywhere(mongo));
    token = await doEverything(known);
    const { email, preference, food } = PERSON;
    needles = { ...(await needlesOf(known.database, PERSON)), email, preference, food };
    await until(async () => (await known.database.column('select from batch.let_go_month')).length > 0 && known.told().mail.length > 2);
    await known.database.rows('analyze');
    [rest, counted] = [await known.database.column<string>(REST), await known.database.column<string>(COUNTED)];
  });
  afterAll(() => resources.end());

  /** All that the service keeps or sends beside its tables. */
  const outside = async (): Promise<string[]> => {
    const metrics = await Promise.all(known.statusUrls().map(async (url) => (await fetch(`${url}/metrics`)).text()));
    expect(metrics.every((text) => text.includes('ibsafe_batch_'))).toBe(true);
    const documentsOf = mongo === undefined ? {} : await collectionsOf(mongo);
    return textsHolding({ ...filesOf(known.folder), ...known.told(), ...documentsOf, metrics }, needles);
  };
  const told = (): Promise<string[]> => placesHolding(known.database.pool, needles);

  it('is found in the tables of the service before, and in nothing that it writes or sends elsewhere', async () => {
    expect(Object.keys(needles).filter((what) => what.startsWith('interventionId')).length).toBeGreaterThan(0);
    expect(tablesOf(await told())).toEqual(
      expect.arrayContaining([
        'alert_silence.reason', 'backfill_view.reason', 'backfill_view.without_schedule', 'event.user_id', 'idempotency_key.key', 'operator_text.text',
        'outcome_view.user_id', 'person_read_user.user_id', 'recall_view.reason', 'run_view.reason', 'run_view.user_ids', 'session.user_id', 'subject.secret', 'subject.user_id',
      ]), // prettier-ignore
    );
    const { model, traces, webhook } = known.told();
    expect([model, traces, webhook].map((each) => each.length > 0)).toEqual([true, true, true]);
    expect(Object.keys(filesOf(known.folder))).toEqual(expect.arrayContaining([expect.stringMatching(/^archive\/.*\.gz$/), 'api/service.log', 'scheduler/service.log', 'worker/service.log'])); // prettier-ignore
    expect(await outside()).toEqual([]);
  });

  it('is in no place after the erasure, and nothing else has changed', async () => {
    const erased = await known.run('erase', '--user', String(PERSON.id), '--name', PERSON.username, '--json');
    expect([erased.code, documents(erased.stdout)]).toEqual([0, [{ userId: PERSON.id, erased: { known: 1, reads: expect.any(Number), runs: expect.any(Number), reasons: 11 } }]]); // prettier-ignore
    expect(await told()).toEqual([]);
    expect(await statisticsHolding(known.database.pool, needles)).toEqual([]);
    expect(await known.database.column<string>(REST)).toEqual(rest);
    expect(await known.database.column<string>(COUNTED)).toEqual(counted);
    expect(await known.database.column(`select reason from batch.run_view where reason like '%twin%'`)).toEqual([OTHERS]);
    const [report] = documents((await known.run('doctor', '--invariants', '--json')).stdout) as { findings: { check: string; status: string }[] }[]; // prettier-ignore
    const promises = report?.findings.filter(({ check }) => check.startsWith('invariant')) ?? [];
    expect([promises.length > 5, promises.filter(({ status }) => status !== 'ok')]).toEqual([true, []]);
  });

  it('is led to by no archive of a month that was let go, though what happened to her lies there', async () => {
    const [archive = ''] = Object.keys(filesOf(join(known.folder, 'archive')));
    const read = (...args: string[]): ReturnType<typeof known.run> =>
      known.run('archive', 'read', join(known.folder, 'archive', archive), ...args);
    expect((await read('--user', String(PERSON.id))).stdout).toBe('');
    expect(documents((await read('--user', '1')).stdout).length).toBeGreaterThan(0);
    expect((await known.run('archive', 'verify', join(known.folder, 'archive', archive))).code).toBe(0);
  });

  it('is in no dump, no answer and no log once IBSafe has deleted the account', async () => {
    const tables = ['userfoodrecord', 'userexerciserecord', 'usersleeprecord', 'userprofile', 'interventionrecord'];
    for (const table of tables) await known.database.rows(`delete from ibsafe_${table} where user_id = ${PERSON.id}`);
    await known.database.rows(`delete from auth_user where id = ${PERSON.id}`);
    await known.database.rows(`delete from ibsafe_food where food_code = 'CANARY'`);
    expect(await answersHolding()).toEqual({ asked: expect.any(Number), holding: [] });
    await until(async () => (await known.database.column('select from batch.person_read_user')).length > 0);
    expect(await told()).toEqual([]);
    expect(await outside()).toEqual([]);
    await known.stop();
    expect(textsHolding(filesOf(known.folder), needles)).toEqual([]);
    if (known.cluster === undefined) return;
    const dump = join(known.cluster.folder, 'dump.sql');
    known.cluster.run('pg_dump', '-f', dump, known.database.url);
    expect(textsHolding({ dump: readFileSync(dump, 'utf8') }, needles)).toEqual([]);
  });

  it('would be found if one place of any kind were left out', async () => {
    const { database, folder, cluster } = known;
    await database.rows('insert into batch.operator_text (text) values ($1)', [`left: ${PERSON.id}`]);
    await database.rows(`update batch.idempotency_secret set secret = convert_to($1, 'UTF8')`, [PERSON.firstName]);
    expect(tablesOf(await told())).toEqual(['idempotency_secret.secret', 'operator_text.text']);
    writeFileSync(join(folder, 'archive', 'left.gz'), gzipSync(JSON.stringify({ user: PERSON.id })));
    writeFileSync(join(folder, 'left.log'), JSON.stringify({ name: PERSON.firstName }).replaceAll(/[가-힣]/gu, (letter) => `\\u${letter.charCodeAt(0).toString(16)}`)); // prettier-ignore
    expect(textsHolding(filesOf(folder), needles)).toEqual(['archive/left.gz: id', 'left.log: firstName']);
    expect(needlesIn(Buffer.from(`${'.'.repeat(50)}${PERSON.email}`).toString('base64').replaceAll(/(.{20})/gu, '$1\r\n'), needles)).toEqual(['email']); // prettier-ignore
    if (mongo !== undefined) {
      const client = new MongoClient(mongo);
      await client
        .db()
        .collection('left')
        .insertOne({ deep: { user: PERSON.username } });
      await client.close();
      expect(textsHolding(await collectionsOf(mongo), needles)).toEqual(['left: username']);
    }
    if (cluster === undefined) return;
    const dump = join(cluster.folder, 'left.sql');
    cluster.run('pg_dump', '-f', dump, database.url);
    expect(textsHolding({ dump: readFileSync(dump, 'utf8') }, needles)).toEqual(['dump: id']);
  });

  /** Asks for each field that no argument names the person for, as an admin. */
  async function answersHolding(): Promise<{ asked: number; holding: string[] }> {
    const [runId = ''] = await known.database.column<string>(
      'select run_id from batch.run_view where reason is not null order by requested_at limit 1',
    );
    const found = walkFields(buildSchema(readDocument('schema.graphql'))).filter(
      ({ root, path }) => root === 'query' && !BY_PERSON.has(path[0]?.name ?? ''),
    );
    const holding: string[] = [];
    for (let at = 0; at < found.length; at += 8)
      await Promise.all(
        found.slice(at, at + 8).map(async (each) => {
          const query = operationFor(each, (field, arg) => {
            const given: Readonly<Record<string, string>> = {
              'run.id': `"${runId}"`,
              first: '100',
              everybody: 'true',
              ended: 'true',
              withOutcomes: 'true',
            };
            return given[`${field.name}.${arg.name}`] ?? given[arg.name] ?? (isRequiredArgument(arg) ? anyLiteral(arg) : undefined);
          });
          const answer = JSON.stringify(await askWith(known, { token, query }));
          holding.push(...needlesIn(answer, needles).map((what) => `${each.name}: ${what}`));
        }),
      );
    return { asked: found.length, holding };
  }
});
