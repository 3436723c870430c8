import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { emailChannel } from '../../src/alerts/channels/email.js';
import { startMailServer } from '../support/mail-server.js';
import { message, told } from '../support/told-alert.js';

/** A server of mail that says what it is told to; undefined for none at all. */
async function startRawServer(talk: (socket: Socket) => void): Promise<{ url: string } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    talk(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers each command by its first word; `undefined` closes the connection. */
const dialogue =
  (answers: Readonly<Record<string, string | ((line: string) => string) | undefined>>) =>
  (socket: Socket): void => {
    socket.write('220 mail.example.org\r\n');
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n').slice(0, -1)) {
        const [word = ''] = line.toUpperCase().split(/[ :]/);
        if (!(word in answers)) continue;
        const answer = answers[word];
        if (answer === undefined) socket.destroy();
        else socket.write(`${typeof answer === 'string' ? answer : answer(line.toUpperCase())}\r\n`);
      }
    });
  };
const POLITE = { EHLO: '250 mail.example.org', MAIL: '250 ok', RCPT: '250 ok', DATA: '354 go on', QUIT: '221 bye' };

const mailTo = (url: string, timeoutMs = 10_000): ReturnType<typeof emailChannel> =>
  emailChannel({ url, from: 'batch@example.org', to: ['night@example.org'], timeoutMs });
const never = new AbortController().signal;

describe('A mail', () => {
  const faults: readonly [string, (socket: Socket) => void, string][] = [
    ['greets with a refusal', (socket) => void socket.write('554 no mail here\r\n'), 'SMTP_554'],
    ['refuses the sender', dialogue({ ...POLITE, MAIL: '550 not you' }), 'SMTP_550'],
    ['refuses the receiver', dialogue({ ...POLITE, RCPT: '550 no such box' }), 'SMTP_550'],
    ['is full', dialogue({ ...POLITE, RCPT: '452 later' }), 'SMTP_452'],
    ['hangs up at once', (socket) => void socket.destroy(), 'ECONNECTION'],
    ['hangs up in the middle of the mail', dialogue({ ...POLITE, DATA: undefined }), 'ECONNECTION'],
    ['speaks something else', (socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'), 'EPROTOCOL'],
  ];
  it.each(faults)('to a server that %s is not sent, with a code and no text of the server', async (_, talk, code) => {
    await using server = await startRawServer(talk);
    const sent = await mailTo(server.url).send(message(), never);
    expect(sent.ok).toBe(false);
    expect(sent.code).toMatch(/^[A-Z_0-9]{2,30}$/);
    if (code.startsWith('SMTP_')) expect(sent.code).toBe(code);
  });

  it('that a server takes for some receivers alone is sent, once, and its code tells of how many were refused', async () => {
    const someGone = dialogue({ ...POLITE, RCPT: (line) => (line.includes('GONE@') ? '550 no such box' : '250 ok'), '.': '250 taken' });
    await using server = await startRawServer(someGone);
    const channel = emailChannel({
      url: server.url,
      from: 'batch@example.org',
      to: ['night@example.org', 'gone@example.org'],
      timeoutMs: 10_000,
    });
    expect(await channel.send(message(), never)).toEqual({ ok: true, code: 'SMTP_550_FOR_1_OF_2', partly: true });
  });

  it('is not sent where nothing listens', async () => {
    let url: string;
    {
      await using server = await startRawServer(() => undefined);
      ({ url } = server);
    }
    expect(await mailTo(url).send(message(), never)).toEqual({
      ok: false,
      code: expect.stringMatching(/^(ESOCKET|ECONNECTION|ECONNREFUSED)$/),
    });
  });

  it.each([
    ['says nothing', (): void => undefined],
    ['stands still after the greeting', dialogue({})],
    ['stands still with the whole mail', dialogue(POLITE)],
  ])('to a server that %s ends with the time of its try', async (_, talk) => {
    const asked = Promise.withResolvers<void>();
    const left = Promise.withResolvers<void>();
    await using server = await startRawServer((socket) => {
      asked.resolve();
      socket.once('close', () => left.resolve());
      talk(socket);
    });
    const ending = new AbortController();
    const sending = mailTo(server.url, 60_000).send(message(), ending.signal);
    await asked.promise;
    ending.abort();
    expect(await sending).toEqual({ ok: false, code: 'NO_ANSWER_IN_TIME' });
    await left.promise; // the mail is not taken later, beside the one of the next try
  });

  it('may take as long as each of its steps may', () => {
    expect(mailTo('smtp://127.0.0.1').steps).toBe(6);
  });

  it('that failed once is the same mail the next time, by its Message-ID', async () => {
    const server = await startMailServer((nth) => (nth === 1 ? Object.assign(new Error('disk full'), { responseCode: 452 }) : null));
    const channel = mailTo(server.url);
    try {
      expect([await channel.send(message(), never), await channel.send(message(), never)]).toEqual([
        { ok: false, code: 'SMTP_452' },
        { ok: true, code: 'SMTP_250' },
      ]);
      expect(server.ids).toEqual([`<${told().id}@example.org>`, `<${told().id}@example.org>`]);
    } finally {
      await server.close();
    }
  });
});
