import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { emailChannel } from '../../src/alerts/channels/email.js';
import { missingOpenssl, ownAuthority, type Certificate } from '../support/own-ca.js';
import { message } from '../support/told-alert.js';

const USER = 'batch:a-password-of-the-test';
const HERE = '127.0.0.1';
const folder = mkdtempSync(join(tmpdir(), 'mail-tls-'));
const trusted = getCACertificates('default');
const missing = missingOpenssl();
const withOpenssl = missing === undefined ? it : it.skip;
const because = missing === undefined ? '' : ` (not measured: ${missing})`;
let certificates: Record<'own' | 'another' | 'expired' | 'unknown', Certificate>;

beforeAll(() => {
  if (missing !== undefined) return;
  const [ours, strangers] = [ownAuthority(folder, 'ours'), ownAuthority(folder, 'strangers')];
  certificates = {
    own: ours.issue('own', `IP:${HERE}`),
    another: ours.issue('another', 'DNS:mail.example.org'),
    expired: ours.issue('expired', `IP:${HERE}`, -1),
    unknown: strangers.issue('unknown', `IP:${HERE}`),
  };
  setDefaultCACertificates([...trusted, readFileSync(ours.root, 'utf8')]);
});
afterAll(() => {
  setDefaultCACertificates(trusted);
  rmSync(folder, { recursive: true });
});

const mailTo = (url: string): ReturnType<typeof emailChannel> =>
  emailChannel({ url, from: 'batch@example.org', to: ['night@example.org'], timeoutMs: 20_000 });
const never = new AbortController().signal;

/** A server of mail over TLS; `told` are passwords that it was told, and mails that it took. */
async function startTlsServer(
  { certificate, key }: Certificate,
  secure: boolean,
): Promise<{ url: string; told: string[] } & AsyncDisposable> {
  const told: string[] = [];
  const server = new SMTPServer({
    secure,
    cert: readFileSync(certificate),
    key: readFileSync(key),
    onAuth: ({ password }, _, done) => {
      told.push(password ?? '');
      done(null, { user: 'batch' });
    },
    onData: (stream, _, done) => {
      stream.resume().on('end', () => {
        told.push('mail');
        done();
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(0, HERE);
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `${secure ? 'smtps' : 'smtp'}://${USER}@${HERE}:${port}`,
    told,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

describe('A mail server over TLS', () => {
  for (const [way, secure] of [
    ['from the first byte', true],
    ['after STARTTLS', false],
  ] as const) {
    withOpenssl(`that shows its own certificate is told password and mail, ${way}${because}`, async () => {
      await using server = await startTlsServer(certificates.own, secure);
      expect(await mailTo(server.url).send(message(), never)).toEqual({ ok: true, code: 'SMTP_250' });
      expect(server.told).toEqual(['a-password-of-the-test', 'mail']);
    });

    for (const whose of ['another', 'expired', 'unknown'] as const) {
      withOpenssl(`is told neither password nor mail where its certificate is ${whose}: ${way}${because}`, async () => {
        await using server = await startTlsServer(certificates[whose], secure);
        expect(await mailTo(server.url).send(message(), never)).toEqual({ ok: false, code: expect.stringMatching(/^[A-Z_]{2,40}$/) });
        expect(server.told).toEqual([]);
      });
    }
  }
});

const elsewhere = Object.values(networkInterfaces()).flatMap((all) => all ?? []).find(({ internal, family }) => !internal && family === 'IPv4')?.address; // prettier-ignore

describe('A mail server from whose greeting STARTTLS was taken away', () => {
  (elsewhere === undefined ? it.skip : it).each([
    ['offers no STARTTLS', '250-mail.example.org\r\n250 AUTH PLAIN LOGIN\r\n', ''],
    ['refuses it', '250-mail.example.org\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n', '454 not now\r\n'],
    [
      'answers it in clear',
      '250-mail.example.org\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN\r\n',
      '220 go on\r\n250-mail\r\n250 AUTH PLAIN\r\n235 in\r\n',
    ],
  ])(
    `is told neither password nor mail, be it that it %s${elsewhere === undefined ? ' (not measured: this machine has no address but its own)' : ''}`,
    async (_, ehlo, starttls) => {
      let heard = '';
      const server = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.write('220 mail.example.org ESMTP\r\n');
        socket.on('data', (bytes) => {
          heard += bytes.toString('latin1');
          if (/^EHLO/i.test(bytes.toString('latin1'))) socket.write(ehlo);
          else if (/^STARTTLS/i.test(bytes.toString('latin1'))) socket.write(starttls === '' ? '502 no such command\r\n' : starttls);
          else if (/^QUIT/i.test(bytes.toString('latin1'))) socket.end('221 bye\r\n');
          else socket.end('500 what\r\n');
        });
      });
      server.listen(0, '0.0.0.0');
      await once(server, 'listening');
      try {
        const url = `smtp://${USER}@${elsewhere}:${(server.address() as AddressInfo).port}`;
        expect(await mailTo(url).send(message(), never)).toEqual({ ok: false, code: expect.stringMatching(/^[A-Z_0-9]{2,40}$/) });
        expect(heard).toMatch(/^EHLO/i);
        expect(heard).toMatch(/^STARTTLS/im);
        expect(heard.match(/^(?:AUTH|MAIL|DATA)/gim) ?? []).toEqual([]);
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    },
  );
});
