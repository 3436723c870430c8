import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { startTestServer } from './http-fixture.js';
import { tell } from './raw-http.js';

const HELLO = '{"query":"{ hello }"}';
const POST = 'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n';

describe('A request that Node’s parser lets through', () => {
  it.each([
    ['with two hosts', 'GET /readyz HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n', /^HTTP\/1\.1 400 .*one `Host` header/su],
    ['with the same host twice', 'GET /readyz HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n', /^HTTP\/1\.1 400 /u],
    ['in a coding that is not known', `${POST}transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n`, /^HTTP\/1\.1 501 .*as chunked/su],
    ['in a coding in capitals', `${POST}Transfer-Encoding: X-OTHER, CHUNKED\r\n\r\n0\r\n\r\n`, /^HTTP\/1\.1 501 /u],
  ])('is refused, and its connection closed: %s', async (_what, bytes, answer) => {
    await using server = await startTestServer();
    expect(await tell(server, bytes)).toMatch(answer);
  });

  it('is answered where all is as HTTP says', async () => {
    await using server = await startTestServer();
    const chunk = `${HELLO.length.toString(16)}\r\n${HELLO}\r\n0\r\n\r\n`;
    expect(await tell(server, `${POST}connection: close\r\ntransfer-encoding: Chunked\r\n\r\n${chunk}`)).toMatch(
      /^HTTP\/1\.1 200 .*hello world/su,
    );
  });
});

describe('A body that is too large', () => {
  it('is not asked for by a client that waits for a word first', async () => {
    await using server = await startTestServer();
    const answer = await tell(server, `${POST}expect: 100-continue\r\ncontent-length: 99999999\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /u);
  });

  it('is refused before it came, where it would be cut off anyway', async () => {
    await using server = await startTestServer();
    expect(await tell(server, `${POST}content-length: 99999999\r\n\r\n{`)).toMatch(/^HTTP\/1\.1 413 /u);
  });

  it('is refused while it comes, where it has no end', async () => {
    await using server = await startTestServer();
    const socket = connect(server.address.port, server.address.host);
    const answered = once(socket, 'data') as Promise<[Buffer]>;
    socket.write(`${POST}transfer-encoding: chunked\r\n\r\n`);
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`;
    for (let sent = 0; sent < 18; sent += 1) socket.write(chunk);
    expect((await answered)[0].toString()).toMatch(/^HTTP\/1\.1 413 /u);
    socket.destroy();
  });

  it('comes at all only where it is asked for', async () => {
    await using server = await startTestServer();
    const socket = connect(server.address.port, server.address.host);
    socket.write(`${POST}connection: close\r\nexpect: 100-continue\r\ncontent-length: ${HELLO.length}\r\n\r\n`);
    const [word] = (await once(socket, 'data')) as [Buffer];
    expect(word.toString()).toMatch(/^HTTP\/1\.1 100 Continue/u);
    socket.write(HELLO);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 200 /u);
    socket.destroy();
  });
});
