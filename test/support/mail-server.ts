import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server of a test. */
export interface MailServer {
  readonly url: string;
  /** Message-IDs of what arrived, refused mails as well. */
  readonly ids: readonly string[];
  /** What arrived, as it came. */
  readonly mails: readonly string[];
  close(): Promise<void>;
}

/** Starts one that takes mail without a password and in clear text. @param answer to the nth mail, from 1: an error refuses it; it takes everything unless told */
export async function startMailServer(answer: (nth: number) => Error | null = () => null): Promise<MailServer> {
  const ids: string[] = [];
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let mail = '';
      stream.on('data', (chunk: Buffer) => (mail += chunk.toString()));
      stream.on('end', () => {
        mails.push(mail);
        done(answer(ids.push(/^Message-ID: (<.+>)$/im.exec(mail)?.[1] ?? 'none')));
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, ids, mails, close: () => new Promise((resolve) => server.close(() => resolve())) };
}
