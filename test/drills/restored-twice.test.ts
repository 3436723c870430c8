import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ErasureDesk } from '../../src/lifecycle/erasure/erasure-desk.js';
import { migrate } from '../../src/migrations/migrate.js';
import { compareViews } from '../../src/projections/rebuild/rebuild-views.js';
import { runToEnd } from '../support/batch-client.js';
import { cli } from '../support/cli-process.js';
import { needlesOf, PERSON, TWIN } from '../support/erasure-world.js';
import { addPerson } from '../support/known-person.js';
import { findPostgresPrograms, startOwnCluster, type OwnCluster } from '../support/own-cluster.js';
import { fillWithPatients, openPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { told } from '../support/restored.js';
import { startTestService } from '../support/test-service.js';
import { type Needles, placesHolding, tablesOf } from '../support/walk-batch.js';

const programs = findPostgresPrograms();
if ('missing' in programs) console.warn(`skipped: dumps restored one after another, because ${programs.missing}`);
const bin = 'bin' in programs ? programs.bin : '';
const BOTH = { userIds: [PERSON.id, TWIN.id, 1, 2], onExisting: 'REGENERATE' };
/** Each row of the log of events that a reader can see, in the order of readers. */
const READ = 'select e.stream, e.version, e.type from batch.event e order by xid, position';

/** What the command says before anything is started. */
const saidOf = async ({ url }: PatientsDatabase): Promise<string> =>
  (await cli(['doctor', '--after-restore', '--invariants', '--lang', 'en'], { env: { DATABASE_URL: url } })).stdout;

('missing' in programs ? describe.skip : describe)('A dump of before an erasure, and a dump of what was restored of it', () => {
  const resources = new Resources();
  const scratch = mkdtempSync(join(tmpdir(), 'ibsafe-batch-twice-'));
  const [before, again] = [join(scratch, 'before.dump'), join(scratch, 'again.dump')];
  let needles: Needles;

  beforeAll(async () => {
    const source = resources.use(await startOwnCluster(bin));
    const url = source.createDatabase('ibsafe');
    await migrate(url, { ibsafeTables: true });
    const database = resources.use(await fillWithPatients({ url, drop: () => Promise.resolve() }, 20));
    for (const person of [PERSON, TWIN]) await addPerson(database, person);
    // Numbers of advice that are those of nothing else.
    await database.rows(`select setval(pg_get_serial_sequence('ibsafe_interventionrecord', 'id'), 1987654000)`);
    await using service = await startTestService(database);
    await runToEnd(service.url, { ...BOTH, reason: `asked by ${PERSON.username}` });
    needles = await needlesOf(database, PERSON);
    source.run('pg_dump', '-Fc', '-f', before, url);
    await forget(database);
  });
  afterAll(async () => {
    await resources.end();
    rmSync(scratch, { recursive: true, force: true });
  });

  const forget = async (database: PatientsDatabase): Promise<void> => {
    const erased = await new ErasureDesk(database.pool).erase(PERSON.id, { name: PERSON.username, actor: 'test' });
    expect(erased).toMatchObject({ erased: { known: 1, reasons: 1 } });
    expect(await placesHolding(database.pool, needles)).toEqual([]);
  };
  const restored = (dump: string, to: OwnCluster, name: string): PatientsDatabase => {
    const url = to.createDatabase(name);
    to.run('pg_restore', '--no-owner', '--no-privileges', '-d', url, dump);
    return resources.use(openPatients({ url, drop: () => Promise.resolve() }));
  };

  it('brings the person back, as the doctor says, until they are erased again; the next dump does not', async () => {
    const second = resources.use(await startOwnCluster(bin));
    const database = restored(before, second, 'ibsafe');
    expect(await saidOf(database)).toMatch(/era 1 begins with the first start.*with no problems/su);
    expect(tablesOf(await placesHolding(database.pool, needles))).toEqual(expect.arrayContaining(['event.user_id', 'operator_text.text', 'subject.secret'])); // prettier-ignore
    expect((await told(database.url))['erasures']).toMatchObject({ status: 'warning', advice: expect.stringContaining('erase --user') });
    await forget(database);
    {
      await using service = await startTestService(database);
      await runToEnd(service.url, { ...BOTH, userIds: [TWIN.id, 1] });
    }
    second.run('pg_dump', '-Fc', '-f', again, database.url);

    const third = resources.use(await startOwnCluster(bin));
    for (const [to, name, order] of [
      [third, 'ibsafe', /era 2 begins with the first start.*with no problems/su],
      [third, 'beside', /era 2 begins with the first start.*with no problems/su],
      [second, 'same_cluster', /the log is in its era \(1\).*with no problems/su],
    ] as const) {
      const next = restored(again, to, name);
      const read = await next.rows(READ);
      expect(await saidOf(next)).toMatch(order);
      expect(await placesHolding(next.pool, needles)).toEqual([]);
      expect((await compareViews(next.pool)).differences).toEqual([]);
      await using service = await startTestService(next);
      await runToEnd(service.url, { ...BOTH, userIds: [TWIN.id, 2] });
      expect((await next.rows(READ)).slice(0, read.length)).toEqual(read);
      expect((await told(next.url))['order of the log']).toMatchObject({ status: 'ok' });
      expect((await compareViews(next.pool)).differences).toEqual([]);
    }
  });
});
