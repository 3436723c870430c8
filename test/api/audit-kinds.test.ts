import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NewEvent } from '../../src/application/ports.js';
import * as streamNames from '../../src/domain/run/stream-names.js';
import { STREAM_KINDS } from '../../src/domain/stream-kind.js';
import { runToEnd } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { logIsSettled } from '../support/log-settled.js';
import { createPatients, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const ID = '018f0000-0000-7000-8000-00000000000';
const EVENTS = `query ($kinds: [StreamKind!]) { events(first: 100, filter: { kinds: $kinds }) { nodes { type stream about { subject nameKo nameEn } } } }`;

interface Seen {
  readonly type: string;
  readonly stream: string;
  readonly about: { readonly subject: string; readonly nameKo: string; readonly nameEn: string } | null;
}

/** Streams of all that lasts, by the functions that name them, and of what SQL names. */
const NAMED = Object.entries(streamNames)
  .filter(([name]) => name.endsWith('Stream') && !['runStream', 'chunkStream'].includes(name))
  .map(([name, streamOf]) => [name, (streamOf as (id: string) => string)(`${ID}0`)] as const);
const LASTING_STREAMS = [...NAMED.map(([, stream]) => stream), 'retention-2024-01'];

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;

async function append(stream: string, ...events: NewEvent[]): Promise<void> {
  const target = { stream, expectedVersion: 0, month: streamNames.LASTING, actor: 'a hand', correlationId: `${ID}9` };
  await service.core.deps.transaction((tx) => tx.log.append(target, events));
}

const events = async (kinds?: readonly string[]): Promise<readonly Seen[]> =>
  (await dataOf<{ events: { nodes: readonly Seen[] } }>(service.url, EVENTS, kinds === undefined ? {} : { kinds })).events.nodes;

beforeAll(async () => {
  database = resources.use(await createPatients(4));
  service = resources.use(await startTestService(database));
  await runToEnd(service.url);
  for (const stream of LASTING_STREAMS) await append(stream, { type: 'BackfillCompleted', data: {} });
  await logIsSettled(database);
});
afterAll(() => resources.end());

describe('events of every kind of the log', () => {
  it('are among all of them, where no kind is named', async () => {
    const streams = (await events()).map(({ stream }) => stream);
    expect(streams).toEqual(expect.arrayContaining(LASTING_STREAMS));
    const kept = await database.column<string>("select distinct split_part(stream, '-', 1) from batch.event where stream not like '%/%'");
    expect(new Set(streams.map((stream) => stream.split('-')[0]))).toEqual(new Set(kept));
    expect(kept.length).toBeGreaterThanOrEqual(STREAM_KINDS.length - 1);
  });

  it('are of one kind each: no stream that the code names is without one', async () => {
    const found = new Map<string, string[]>();
    for (const kind of STREAM_KINDS.filter((each) => each !== 'CHUNK'))
      for (const { stream } of await events([kind])) found.set(stream, [...new Set([...(found.get(stream) ?? []), kind])]);
    expect(LASTING_STREAMS.map((stream) => [stream, found.get(stream)?.length])).toEqual(LASTING_STREAMS.map((stream) => [stream, 1]));
  });

  it('name the dish, point or sentence that they are about, in both languages', async () => {
    await append('point-SWAP', { type: 'PointTurnedOff', data: {} });
    await append('signature-DISH.IBS-0001', { type: 'SignatureWithdrawn', data: {} });
    const recall = `mutation { recall(input: { dish: "IBS-0002", reason: "표기 누락" }) { ... on RecallAccepted { recall { id } } } }`;
    const { id } = (await dataOf<{ recall: { recall: { id: string } } }>(service.url, recall)).recall.recall;
    await dataOf(service.url, `mutation ($id: UUID!) { liftRecall(id: $id, reason: "mended") { __typename } }`, { id });
    await logIsSettled(database);
    const about = (await events(['RECALL', 'REVIEW'])).filter((each) => each.about !== null && !each.stream.includes(ID));
    const seen = about.map(({ type, about: of }) => [type, of?.subject, of?.nameKo, of?.nameEn]);
    expect(seen).toContainEqual(['PointTurnedOff', 'SWAP', expect.stringMatching(/[가-힣]/u), expect.stringMatching(/^[A-Za-z ]+$/)]);
    expect(seen).toContainEqual(['SignatureWithdrawn', 'IBS-0001', '쌀밥', expect.stringMatching(/rice/i)]);
    const recalled = seen.filter(([type]) => String(type).startsWith('Recall'));
    expect(recalled.map(([type]) => type)).toEqual(expect.arrayContaining(['RecallRequested', 'RecallLifted']));
    expect(new Set(recalled.map(([, subject, ko]) => `${subject} ${ko}`)).size).toBe(1);
    expect(recalled[0]?.[2]).toMatch(/[가-힣]/u);
  });
});
