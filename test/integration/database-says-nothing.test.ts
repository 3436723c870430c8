import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { errorSentence } from '../../src/cli/shell/error-sentence.js';
import { readConfig } from '../../src/config/config.js';
import { withClient } from '../../src/database/connect.js';
import { closePool, openPool } from '../../src/database/pool.js';
import { faultOf } from '../../src/database/through-passing-faults.js';
import { runDoctor } from '../../src/doctor/run-doctor.js';

describe('A server that takes a connection and says nothing', () => {
  const sockets = new Set<Socket>();
  let server: Server;
  let [port, url] = [0, ''];
  beforeAll(async () => {
    server = createServer((socket) => void sockets.add(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    port = (server.address() as AddressInfo).port;
    url = `postgresql://app:secret@127.0.0.1:${port}/app?connect_timeout=2`;
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('fails one connection, and one of a pool, with a code that passes, and an operator is told where and what to do', async () => {
    const pool = openPool({ url, name: 'silent', max: 1, onError: () => undefined });
    const errors = await Promise.all([
      failed(withClient({ url, name: 'silent' }, () => Promise.resolve())),
      failed(pool.query('select 1')),
    ]);
    await closePool(pool, 0);
    for (const error of errors) {
      expect(faultOf(error)).toEqual({ kind: 'PASSING', code: 'ETIMEDOUT' });
      const found = `connect ETIMEDOUT 127.0.0.1:${port}`;
      expect(errorSentence(error)).toBe(`${found}: no answer came in time. Look whether a firewall lies between, or correct the address`);
    }
  });

  it('is named by the doctor with that code', async () => {
    const [, connection] = await runDoctor(readConfig({ NODE_ENV: 'test', DATABASE_URL: url }), { invariants: false });
    expect(connection).toMatchObject({ check: 'connection', status: 'problem', found: expect.stringContaining('(ETIMEDOUT)') });
  });
});

function failed(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}
