import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { dataOf } from '../support/graphql-client.js';
import { openTcpProxy } from '../support/tcp-proxy.js';
import { ROOT } from './markdown.js';
import { startReaderService, type ReaderService } from './reader-service.js';

/** The node of the service, which runs TypeScript as it stands. */
async function runClient(url: string): Promise<{ code: number | null; lines: string[]; errors: string }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'docs/developer/client.ts', url], {
    cwd: fileURLToPath(ROOT),
  });
  const [out, errors]: [string[], string[]] = [[], []];
  child.stdout.on('data', (part: Buffer) => out.push(part.toString()));
  child.stderr.on('data', (part: Buffer) => errors.push(part.toString()));
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, lines: out.join('').trim().split('\n'), errors: errors.join('') };
}

describe('The client in TypeScript', () => {
  let service: ReaderService;
  beforeAll(async () => {
    service = await startReaderService();
  });
  afterAll(async () => {
    await service?.[Symbol.asyncDispose]();
  });

  it('asks for a dry run, prints each of its events, and says how it ended', async () => {
    const { code, lines, errors } = await runClient(service.url);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(lines.at(-1)).toMatch(/^COMPLETED: \{"generated":\d+,"skipped":[1-9]\d*,"failed":0\}$/);
    expect(lines.slice(0, -1)).toEqual(await newestEvents(service.url));
  });

  it('goes on behind the last event when the connection breaks: none is missing, and none comes twice', async () => {
    let broken = 0;
    const { hostname, port } = new URL(service.url);
    const breakOnce = (client: Socket, upstream: Socket): void => {
      client.pipe(upstream);
      upstream.on('data', (part: Buffer) => {
        const isFirst = broken === 0 && part.includes('"type":"RunRequested"');
        client.write(part);
        if (!isFirst) return;
        broken += 1;
        client.end();
        upstream.destroy();
      });
      upstream.on('close', () => client.destroySoon());
      client.on('close', () => upstream.destroy());
    };
    await using proxy = await openTcpProxy({ host: hostname, port: Number(port) }, false, breakOnce);
    const { code, lines, errors } = await runClient(`http://127.0.0.1:${proxy.port}`);
    expect({ code, errors, broken }).toEqual({ code: 0, errors: '', broken: 1 });
    expect(lines.filter((line) => line === 'connection lost')).toHaveLength(1);
    expect(lines.slice(0, -1).filter((line) => line !== 'connection lost')).toEqual(await newestEvents(service.url));
  });
});

/** Types of the events of the newest run, in the order of the log. */
async function newestEvents(url: string): Promise<string[]> {
  const query = '{ runs(first: 1) { nodes { events(first: 100) { nodes { type } } } } }';
  type Page = { runs: { nodes: [{ events: { nodes: { type: string }[] } }] } };
  const { runs } = await dataOf<Page>(url, query);
  return runs.nodes[0].events.nodes.map(({ type }) => type);
}
