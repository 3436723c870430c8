import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { signRows, withdrawSignatures } from '../../src/application/reviews/sign-rows.js';
import { dateInZone } from '../../src/domain/local-date.js';
import { runToEnd } from '../support/batch-client.js';
import { dataOf } from '../support/graphql-client.js';
import { createPatients, RECORD_DATE, type PatientsDatabase } from '../support/patients-database.js';
import { Resources } from '../support/resources.js';
import { startTestService, type TestService } from '../support/test-service.js';

const WHY = `query ($date: Date!) {
  interventions(first: 20, filter: { recordDateFrom: $date, gubun: "all" }) { nodes { why { point wording reviewedBy reviewedOn } } }
}`;

interface Sentence {
  readonly point: string;
  readonly wording: number | null;
  readonly reviewedBy: string | null;
  readonly reviewedOn: string | null;
}

const resources = new Resources();
let database: PatientsDatabase;
let service: TestService;
beforeAll(async () => {
  database = resources.use(await createPatients(20));
  service = resources.use(await startTestService(database));
  await runToEnd(service.url);
});
afterAll(() => resources.end());

/** Who signed each sentence that was said, and when; null for one that is not signed. */
async function signed(): Promise<ReadonlyMap<string, readonly (string | null)[] | null>> {
  const { interventions } = await dataOf<{ interventions: { nodes: { why: Sentence[] | null }[] } }>(service.url, WHY, { date: RECORD_DATE }); // prettier-ignore
  const sentences = interventions.nodes.flatMap(({ why }) => why ?? []);
  return new Map(sentences.map(({ point, wording, reviewedBy, reviewedOn }) => [`${point}.ko.${wording}`, reviewedBy === null ? null : [reviewedBy, reviewedOn]])); // prettier-ignore
}

async function sign(id: string): Promise<void> {
  const { deps } = service.core;
  const hash = deps.words.signable.get(id)?.hash ?? '';
  expect(await signRows(deps, [{ id, hash }], 'key:anna')).toMatchObject({ changed: [{ id }] });
}

it('Who signed a sentence is told from the log as from a file: of point and wording as they are now, and only while both are signed', async () => {
  const { deps } = service.core;
  const [said = '', other = ''] = [...(await signed()).keys()];
  const [point, wording] = [`POINT.${said.split('.', 1)[0]}`, `WORDING.${said}`];
  await sign(point);
  expect((await signed()).get(said)).toBeNull();
  await sign(wording);
  const today = dateInZone(deps.clock(), deps.settings.timeZone);
  const now = await signed();
  expect([now.get(said), now.get(other)]).toEqual([['key:anna', today], null]);
  await database.rows("update batch.signature_view set hash = repeat('f', 64) where id = $1", [point]);
  expect((await signed()).get(said)).toBeNull();
  await database.rows('update batch.signature_view set hash = $2 where id = $1', [point, deps.words.signable.get(point)?.hash]);
  expect((await signed()).get(said)).toEqual(['key:anna', today]);
  expect(await withdrawSignatures(deps, { ids: [wording] }, 'key:bora')).toMatchObject({ changed: [{ id: wording }] });
  expect((await signed()).get(said)).toBeNull();
});
