import type { EndpointAccount } from '../../../src/local-model/ledger.js';
import type { PatientsDatabase } from '../../support/patients-database.js';
import { patiently } from '../patiently.js';
import type { EndpointProcess } from './endpoint-process.js';

/** What the endpoint takes, in US$ a million tokens; of batches, this share of it. */
export const PRICE = { input: 2, output: 8, factor: 0.5 };
export const BUDGET_MICROS = 20_000_000;
/** What a night sets aside where all of its batches are out at once: less would leave users to calls. */
export const NIGHT_BUDGET_MICROS = 90_000_000;

/** A run by batch, and how the endpoint stood before it. */
export interface Struck {
  readonly runId: string;
  readonly endpoint: EndpointProcess;
  readonly before: { readonly account: EndpointAccount; readonly keys: number };
  readonly killsAlone: boolean;
}

const FOUND = `select count(*) filter (where type = 'UserFailed' and data->>'code' <> 'INVALID_INPUT')::int as failed,
  count(*) filter (where type = 'InterventionGenerated')::int as advised,
  count(*) filter (where type = 'InterventionGenerated' and data->>'batch' is distinct from 'ANSWERED')::int as unanswered,
  (select micros::float8 from batch.llm_spending where run_id = $1) as charged,
  coalesce(sum((data->>'costMicros')::float8), 0) as told
from batch.event where run_id = $1`;

/** What was promised of such a run, and is not so. */
export async function whatBroke(database: PatientsDatabase, { runId, endpoint, before, killsAlone }: Struck): Promise<string[]> {
  const broken: string[] = [];
  await patiently(async () => (await database.column(`select key from batch.model_batch where state <> 'CLOSED'`)).length === 0);
  if (endpoint.filesLeft > 0) broken.push(`${endpoint.filesLeft} files left at the provider`);
  const [found] = await database.rows<Record<'failed' | 'advised' | 'unanswered' | 'charged' | 'told', number>>(FOUND, [runId]);
  const { failed = 0, advised = 0, unanswered = 0, charged = 0, told = 0 } = found ?? {};
  if (failed > 0) broken.push(`${failed} users failed`);
  if (advised === 0) broken.push('nobody was advised');
  const prepared = await database.rows<{ key: string; chunk: number }>(`select data->>'key' as key, (data->>'chunk')::int as chunk from batch.event where run_id = $1 and type = 'ModelBatchPrepared'`, [runId]); // prettier-ignore
  const given = endpoint.keys.slice(before.keys);
  const unsaid = given.filter((key) => !prepared.some((each) => each.key === key));
  if (unsaid.length > 0) broken.push(`${unsaid.length} batches at the provider of which the log knows nothing`);
  const chunks = given.flatMap((key) => prepared.find((each) => each.key === key)?.chunk ?? []);
  const twice = chunks.length - new Set(chunks).size;
  if (twice > 0) broken.push(`${twice} chunks that were asked by two batches`);
  const owed = owedFor(endpoint.account) - owedFor(before.account);
  if (charged < owed * 0.999) broken.push(`charged ${charged}, and the endpoint wants ${owed}`);
  const budget = killsAlone ? NIGHT_BUDGET_MICROS : BUDGET_MICROS;
  if (charged > budget) broken.push(`charged ${charged} of a budget of ${budget}`);
  if (killsAlone && Math.abs(told - owed) > owed * 0.02) broken.push(`outcomes tell of ${told}, and the endpoint wants ${owed}`);
  if (told > charged) broken.push(`outcomes tell of ${told}, and ${charged} was charged`);
  if (killsAlone && unanswered > 0) {
    const ends = await database.column<string>(`select (data->>'chunk') || ' ' || (data->>'end') from batch.event where run_id = $1 and type = 'ModelBatchEnded' order by 1`, [runId]); // prettier-ignore
    broken.push(`${unanswered} users were asked by calls although every batch was answered; batches of chunks ended: ${ends.join(', ')}`);
  }
  if (unanswered === 0 && endpoint.account.calls.requests > before.account.calls.requests) broken.push('users were asked twice');
  return broken;
}

/** What an account comes to, in millionths of a US$. */
function owedFor({ calls, batches }: EndpointAccount): number {
  const priced = ({ tokensIn, tokensOut }: typeof calls): number => tokensIn * PRICE.input + tokensOut * PRICE.output;
  return priced(calls) + priced(batches) * PRICE.factor;
}
