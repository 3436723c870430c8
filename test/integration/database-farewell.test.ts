import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endsWithin } from '../../src/base/ends-within.js';
import { withClient } from '../../src/database/connect.js';
import { closePool, openPool } from '../../src/database/pool.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import { Resources } from '../support/resources.js';

/** Terminate, as a client says it alone. */
const FAREWELL = Buffer.from([0x58, 0, 0, 0, 4]);
/** ms within which something ends that ends at all, however busy the machine is. */
const IN_TIME_MS = 120_000;

let farewells = 0;

/** Opens a line that carries everything until a client says farewell, and from then on nothing, not even that it was cut: as one that lost its route in that moment. */
async function openLine(target: { readonly host: string; readonly port: number }): Promise<AsyncDisposable & { readonly port: number }> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect(target);
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => undefined));
    upstream.on('data', (bytes) => client.write(bytes));
    client.on('data', (bytes: Buffer) => {
      if (!bytes.equals(FAREWELL)) upstream.write(bytes);
      else farewells += 1;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

describe('A line that dies while a client says farewell', () => {
  const resources = new Resources();
  let url = '';
  beforeAll(async () => {
    const database = await createEmptyDatabase();
    resources.use({ [Symbol.asyncDispose]: () => database.drop() });
    const direct = new URL(database.url);
    const line = resources.use(await openLine({ host: direct.hostname, port: Number(direct.port) }));
    direct.port = String(line.port);
    url = direct.href;
  });
  afterAll(() => resources.end());

  it('keeps no connection waiting that comes after the look at the server', async () => {
    const before = farewells;
    const pool = openPool({ url, max: 1, name: 'test', onError: () => undefined });
    const asked = pool.query<{ one: number }>('select 1 as one');
    expect(await endsWithin(IN_TIME_MS, asked)).toBe(true);
    expect((await asked).rows).toEqual([{ one: 1 }]);
    expect(farewells).toBeGreaterThan(before);
    await closePool(pool, 0);
  });

  it('keeps no one waiting who closes a pool, though a connection of it is never given back', async () => {
    const pool = openPool({ url, max: 2, name: 'test', onError: () => undefined });
    const held = await pool.connect();
    let isEnded = false;
    held.on('end', () => (isEnded = true));
    expect((await held.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }]);
    const working = held.query('select pg_sleep(600)').catch((error: unknown) => error);
    expect(await endsWithin(IN_TIME_MS, closePool(pool, 0))).toBe(true);
    expect(await working).toBeInstanceOf(Error);
    expect(isEnded).toBe(true);
  });

  it('keeps nobody waiting whose work is done', async () => {
    const before = farewells;
    const work = withClient({ url, name: 'test' }, async (client) => (await client.query<{ two: number }>('select 2 as two')).rows);
    expect(await endsWithin(IN_TIME_MS, work)).toBe(true);
    expect(await work).toEqual([{ two: 2 }]);
    expect(farewells).toBeGreaterThan(before);
  });
});
