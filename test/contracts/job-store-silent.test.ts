import { expect, it } from '@jest/globals';
import { judgeMongoJobs } from '../../src/doctor/job-stores.js';
import { createTestBatch } from '../support/batch-fixture.js';
import { describeOnMongo } from '../support/job-store-places.js';
import { openTcpProxy, type Carry } from '../support/tcp-proxy.js';

/** Lets greetings through and keeps back what is asked of the jobs, as a server does whose writes are locked. */
const onlyGreetings: Carry = (client, upstream) => {
  client.on('data', (sent: Buffer) => void (sent.includes('agendaJobs') || upstream.write(sent)));
  upstream.pipe(client);
};

describeOnMongo('a MongoDB that greets and says nothing of the jobs', (openPlace) => {
  it('is a warning of the doctor, which does not wait for it without end', async () => {
    const batch = await createTestBatch({ users: 1 });
    try {
      await using place = await openPlace(batch.url);
      const url = new URL(place.urls.mongoUrl ?? '');
      expect(await judgeMongoJobs(url.href, batch.pool)).toMatchObject({ status: 'ok' });
      await using proxy = await openTcpProxy({ host: url.hostname, port: Number(url.port) }, false, onlyGreetings);
      url.port = String(proxy.port);
      expect(await judgeMongoJobs(url.href, batch.pool)).toMatchObject({ status: 'warning', found: expect.stringContaining('Timeout') });
    } finally {
      await batch.close();
    }
  });
});
