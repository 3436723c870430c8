import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newClient } from '../../src/database/connect.js';
import { closePool, openPool } from '../../src/database/pool.js';
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { createEmptyDatabase } from '../support/empty-database.js';
import type { TestDatabase } from '../support/test-database.js';

/** What PostgreSQL says as it ends a session: FATAL, 57P01. */
const ENDED = errorResponse('SFATAL', 'VFATAL', 'C57P01', 'Mterminating connection due to administrator command');
/** The end of an answer, after which no statement is under way: ReadyForQuery, idle. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
const NEVER = -1;

function errorResponse(...fields: string[]): Buffer {
  const body = Buffer.from(`${fields.join('\0')}\0\0`);
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from('E'), length, body]);
}

describe('a connection that PostgreSQL ends while it is opened', () => {
  let database: TestDatabase;
  let proxy: TcpProxy;
  let url: string;
  /** Before which answer of a connection the end comes: in one piece with it, as it comes over a busy network. */
  let endsWith = NEVER;

  beforeAll(async () => {
    database = await createEmptyDatabase();
    const direct = new URL(database.url);
    proxy = await openTcpProxy({ host: direct.hostname, port: Number(direct.port) }, false, (client: Socket, upstream: Socket) => {
      let answers = 0;
      client.pipe(upstream);
      upstream.on('data', (bytes: Buffer) => {
        if (bytes.subarray(-READY.length).equals(READY)) answers += 1;
        if (answers === endsWith) client.end(Buffer.concat([bytes, ENDED]));
        else client.write(bytes);
      });
    });
    direct.port = String(proxy.port);
    url = direct.href;
  });
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]();
    await database.drop();
  });

  it.each([
    ['after the greeting', 1],
    ['after its session is set up', 2],
    ['after its number is known', 3],
  ])('%s: fails whoever asked for it, and nobody else', async (_, answer) => {
    const heard: Error[] = [];
    const pool = openPool({ url, max: 2, name: 'test', onError: (error) => heard.push(error) });
    await pool.query('select 1').catch(() => undefined); // its address is known from here on
    endsWith = answer;
    const client = newClient({ url, name: 'test' });
    await expect(client.connect()).rejects.toThrow(/terminating connection|not queryable/);
    const second = openPool({ url, max: 2, name: 'test', onError: (error) => heard.push(error) });
    await expect(second.query('select 1')).rejects.toThrow(/terminating connection|not queryable/);
    endsWith = NEVER;
    expect((await second.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await Promise.all([closePool(pool, 0), closePool(second, 0)]);
    expect(heard.map(({ message }) => message).filter((message) => !/terminat/.test(message))).toEqual([]);
  });
});
