import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createPatients } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { SIGNED_CALLERS, tokenOf } from '../support/signed-callers.js';
import { startTestService, type TestService } from '../support/test-service.js';
import { until } from '../support/until.js';
import { ask, tell } from './raw-http.js';

const STREAMS = 5;
const resources = new Resources();
let service: TestService;
let at: { address: { host: string; port: number } };
let viewer: string;

beforeAll(async () => {
  const database = resources.use(await createPatients(5));
  const environment = { ...SIGNED_CALLERS, BATCH_SUBSCRIPTIONS_PER_CALLER: String(STREAMS) };
  service = resources.use(await startTestService(database, { role: 'api', environment }));
  const { hostname, port } = new URL(service.url);
  at = { address: { host: hostname, port: Number(port) } };
  viewer = `Bearer ${await tokenOf('kim')}`;
});
afterEach(async () => {
  expect((await ask(at, '/healthz')).status).toBe(200);
});
afterAll(() => resources.end());

const QUERY = '{"query":"{ __typename }"}';
const post = (path: string, body: string, type = 'application/json'): ReturnType<typeof ask> =>
  ask(at, path, { method: 'POST', body, headers: { 'content-type': type, authorization: viewer } });

describe('More than one operation in a request', () => {
  it.each([1, 10_000])('is carried out by nobody: a list of %s', async (length) => {
    const list = `[${Array.from({ length }, () => QUERY).join(',')}]`;
    for (const path of ['/graphql', '/graphql/stream']) {
      const { status, body } = await post(path, list);
      expect([status, body]).toEqual([400, expect.stringContaining('BAD_REQUEST')]);
      expect(body.length).toBeLessThan(500);
    }
  });

  it.each([`"sha256Hash":"${'a'.repeat(64)}"`, '"sha256Hash":[1]', ''])(
    'is kept under no hash, be it with %j: what is sent is carried out or refused',
    async (hash) => {
      const extensions = `"extensions":{"persistedQuery":{"version":1${hash && ','}${hash}}}`;
      for (const sent of [`{${extensions}}`, `{"query":"{ __typename }",${extensions}}`])
        expect((await post('/graphql', sent)).body).toContain('PERSISTED_QUERY_NOT_SUPPORTED');
    },
  );

  it('comes in no form of several parts', async () => {
    const form = `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${QUERY}\r\n--x--\r\n`;
    for (const path of ['/graphql', '/graphql/stream'])
      expect((await post(path, form, 'multipart/form-data; boundary=x')).status).toBe(415);
  });
});

const many = (count: number, line: (n: number) => string): string => Array.from({ length: count }, (_, n) => line(n)).join('\r\n');

describe('A header beyond measure', () => {
  it.each([
    ['one of 17 kB', `x-a: ${'x'.repeat(17_000)}`],
    ['one of a megabyte', `x-a: ${'x'.repeat(1_000_000)}`],
    ['three thousand', many(3_000, (n) => `x-${n}: y`)],
    ['three thousand cookies', `cookie: ${many(3_000, (n) => `c${n}=1`).replaceAll('\r\n', '; ')}`],
    ['an address of 20 kB', '', `/${'a'.repeat(20_000)}`],
  ])('is answered 431: %s', async (_, header, path = '/session') => {
    // A client that still sends when it is refused may hear of the connection's end alone.
    const told = await tell(at, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${header}\r\n\r\n`).catch(() => 'HTTP/1.1 431 ');
    expect(told).toMatch(/^HTTP\/1\.1 431 /);
  });

  it.each([
    ['of hundreds of lines', many(900, (n) => `cookie: c${n}=1`)],
    ['of one name again and again', `cookie: ${Array.from({ length: 300 }, () => 'ibsafe-batch=aaaaaaaaaaaaaaaaaaaa').join('; ')}`],
    ['of no names', 'cookie: =;;;=a; a; "b"=c; __proto__=1; constructor=2'],
    ['of a token of 15 kB', `authorization: Bearer ${'x'.repeat(15_000)}`],
  ])('that Node lets through is read without an error of ours: %s', async (_, header) => {
    const told = await tell(at, `GET /session HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${header}\r\n\r\n`);
    expect(told).toMatch(/^HTTP\/1\.1 200 [^]*"signedIn":null/);
  });
});

describe('An export that is asked for in parts', () => {
  it.each(['bytes=0-10', 'bytes=5-1,0-', 'bytes=-1', 'lines=1', `bytes=${'0-1,'.repeat(2_000)}0-1`])(
    'is given whole or refused as ever: %s',
    async (range) => {
      const headers = { authorization: viewer, range: range.slice(0, 7_000), 'if-range': '"x"', 'if-match': '"y"' };
      const { status, body } = await ask(at, '/export/outcomes.csv?run=018f0000-0000-7000-8000-000000000001', { headers });
      expect([status, body]).toEqual([404, expect.stringContaining('RUN_NOT_FOUND')]);
    },
  );
});

const stream = (authorization: string): Socket => {
  const socket = connect(at.address.port, at.address.host);
  socket.on('error', () => undefined);
  const query = encodeURIComponent('subscription { runsChanged { id } }');
  socket.write(
    `GET /graphql/stream?query=${query} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\nconnection: close\r\nauthorization: ${authorization}\r\n\r\n`,
  );
  return socket;
};
/** The first words of an answer. */
const begun = async (socket: Socket): Promise<string> => String((await once(socket, 'data'))[0]);

describe('A crowd of streams', () => {
  it('of callers who are not known is refused, each of them', async () => {
    const crowd = Array.from({ length: 300 }, () => stream('Bearer nobody'));
    const answers = await Promise.all(crowd.map(begun));
    expect(answers.map((answer) => answer.slice(0, 12))).toEqual(crowd.map(() => 'HTTP/1.1 401'));
    for (const socket of crowd) socket.destroy();
  });

  it('of one caller has so many places and no more, also where clients have said all that they will; the places come back', async () => {
    for (const isHalfClosed of [false, true, false]) {
      const crowd = Array.from({ length: 4 * STREAMS }, () => stream(viewer));
      if (isHalfClosed) for (const socket of crowd) socket.end();
      let refused = 0;
      const ended = crowd.map(async (socket) => {
        if (/TOO_MANY/.test(await text(socket))) refused += 1;
      });
      // One that has said all that it will is hung up on: it holds no place.
      if (isHalfClosed) await Promise.allSettled(ended);
      else await until(() => Promise.resolve(refused === 3 * STREAMS));
      expect((await ask(at, '/readyz?report')).status).toBe(200);
      for (const socket of crowd) socket.destroy();
      await Promise.allSettled(ended);
      // Another one is let in once they are gone.
      await until(async () => {
        const next = stream(viewer);
        const told = await begun(next);
        next.destroy();
        return told.startsWith('HTTP/1.1 200') && !told.includes('TOO_MANY');
      });
    }
  });
});
