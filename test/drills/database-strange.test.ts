import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { errorSentence } from '../../src/cli/shell/error-sentence.js';
import { withClient } from '../../src/database/connect.js';
import { openOrm } from '../../src/database/orm.js';
import { closePool, openPool } from '../../src/database/pool.js';
import { judgeLag } from '../../src/doctor/log.js';
import { migrate } from '../../src/migrations/migrate.js';
import { refuseUnfit } from '../../src/migrations/refuse-unfit.js';
import { findPostgresPrograms, startOwnCluster, type OwnCluster } from '../support/own-cluster.js';
import { Resources } from '../support/resources.js';
import { until } from '../support/until.js';

const programs = findPostgresPrograms();
if ('missing' in programs) console.log(`unusual servers not measured: ${programs.missing}`);

('bin' in programs ? describe : describe.skip)('a PostgreSQL that is set up in an unusual way', () => {
  const resources = new Resources();
  let cluster: OwnCluster;

  beforeAll(async () => {
    cluster = resources.use(await startOwnCluster('bin' in programs ? programs.bin : ''));
  });
  afterAll(() => resources.end());

  it.each(['EUC_KR', 'SQL_ASCII', 'LATIN1'])('with a database in %s is refused in a sentence, and left as it was', async (encoding) => {
    const name = `in_${encoding.toLowerCase()}`;
    cluster.createDatabase(`${name} encoding '${encoding}' locale 'C' template template0`);
    await expect(withClient({ url: cluster.url(name), name: 'test' }, refuseUnfit)).rejects.toThrow(
      new RegExp(`is in ${encoding}, and UTF8 alone .*Nothing was changed`),
    );
  });

  it('where the role may have no further connection says so, whichever library asked for it', async () => {
    cluster.run('psql', '-X', '-q', '-c', 'create role few login connection limit 0', cluster.url());
    const url = cluster.url().replace('postgres@', 'few@');
    const pg = await withClient({ url, name: 'test' }, () => Promise.resolve()).catch(errorSentence);
    const orm = openOrm(
      { url, max: 1, name: 'test', onError: () => undefined },
      { entities: [], discovery: { warnWhenNoEntities: false } },
    );
    const mikro = await orm.em.getConnection().execute('select 1').catch(errorSentence);
    await orm.close(true);
    const sentence = /too many connections for role "few" \(code 53300\): .*connection limit of the role/;
    expect([pg, mikro]).toEqual([expect.stringMatching(sentence), expect.stringMatching(sentence)]);
  });

  it('whose commits wait for a standby that is gone is told apart from a transaction that was forgotten', async () => {
    const url = cluster.createDatabase('waits');
    await migrate(url, { ibsafeTables: false });
    const pool = openPool({ url, max: 2, name: 'test', onError: () => undefined });
    cluster.configure({ synchronous_standby_names: 'gone' }, ['host all all all trust']);
    const judge = (): ReturnType<typeof judgeLag> => judgeLag(pool, { warning: 0, problem: 1_000 });
    let isWritten = false;
    const written = withClient({ url, name: 'test' }, (client) => client.query('create table public.written (id int)')).then(
      () => (isWritten = true),
    );
    await until(async () => (await judge()).found.includes('until a synchronous standby has its commit'));
    expect(await judge()).toMatchObject({ status: 'warning', advice: expect.stringContaining('synchronous_standby_names') });
    expect(isWritten).toBe(false);
    cluster.configure({ synchronous_standby_names: '' }, ['host all all all trust']);
    await written;
    await until(async () => (await judge()).status === 'ok');
    await closePool(pool, 0);
  });
});
