import { randomBytes } from 'node:crypto';
import { fieldOf } from '../call-usage.js';
import { ModelFailure } from '../model-failure.js';
import type { LlmSettings } from '../settings.js';
import { LINE_URL } from './batch-lines.js';
import { KEY_NAME, providerBatchOf, providerIdOf, type ProviderBatch, type ProviderId } from './provider-batch.js';
import { isNotThere, isRefusal, ProviderHttp, refusalOf, type ProviderAsking } from './provider-http.js';

/** Batches and files of one endpoint. Each method asks once, and throws `ModelFailure` for what is no answer to it; CUT_OFF, too, where `signal` ended it. */
export interface BatchEndpoint {
  /** ms that an order can be on its way at most: its file, and then itself. */
  readonly onItsWayMs: number;
  /** Sends the file that asks; `key` names it. */
  upload(key: string, lines: readonly string[], signal?: AbortSignal): Promise<ProviderId>;
  create(key: string, inputFile: ProviderId, signal?: AbortSignal): Promise<ProviderBatch>;
  /** Batches that bear our key; undefined where the endpoint cannot list. */
  withKey(key: string, signal?: AbortSignal): Promise<readonly ProviderBatch[] | undefined>;
  /** Undefined for a batch that is not there (any more). */
  get(id: ProviderId, signal?: AbortSignal): Promise<ProviderBatch | undefined>;
  /** Asks it to end. One that has ended, or is gone, is left alone. */
  cancel(id: ProviderId): Promise<void>;
  /** Hands on the lines of a file as they come, and undefined of one that is too long to be read. @returns whether the file is there */
  content(file: ProviderId, take: (line: string | undefined) => void, signal?: AbortSignal): Promise<boolean>;
  /** Files that were sent under our key; none where the endpoint cannot list. */
  filesOf(key: string, signal?: AbortSignal): Promise<readonly ProviderId[]>;
  /** Deletes a file. One that is gone already is what was wanted. */
  remove(file: ProviderId): Promise<void>;
}

/** Longest file that is read: what 50,000 answers, a provider's most, take several times over. */
const MAX_FILE = 200_000_000;
/** Batches that are seen to under one key: of several, all are ours. */
const MAX_OF_A_KEY = 20;

/** Files and batches in the format of OpenAI's Batch API, which several providers speak. */
export class HttpBatchEndpoint implements BatchEndpoint {
  readonly #http: ProviderHttp;

  constructor(settings: Pick<LlmSettings, 'baseUrl' | 'apiKey' | 'timeoutMs'>) {
    this.#http = new ProviderHttp(settings);
  }

  get onItsWayMs(): number {
    return this.#http.patienceMs('FILE') + this.#http.patienceMs('ORDER');
  }

  async upload(key: string, lines: readonly string[], signal?: AbortSignal): Promise<ProviderId> {
    const boundary = `ibsafe-${randomBytes(12).toString('hex')}`;
    const part = (disposition: string): string => `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n`;
    const body = [
      `${part('name="purpose"')}\r\nbatch\r\n`,
      `${part(`name="file"; filename="${fileName(key)}"`)}content-type: application/jsonl\r\n\r\n`,
      ...lines.map((line) => `${line}\n`),
      `\r\n--${boundary}--\r\n`,
    ].join('');
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    const json = await this.#made('/files', { kind: 'FILE', body, headers, signal });
    return found(providerIdOf(fieldOf(json, 'id')));
  }

  async create(key: string, inputFile: ProviderId, signal?: AbortSignal): Promise<ProviderBatch> {
    const order = { input_file_id: inputFile, endpoint: LINE_URL, completion_window: '24h', metadata: { [KEY_NAME]: key } };
    const headers = { 'content-type': 'application/json' };
    return found(providerBatchOf(await this.#made('/batches', { body: JSON.stringify(order), headers, signal })));
  }

  async withKey(key: string, signal?: AbortSignal): Promise<readonly ProviderBatch[] | undefined> {
    // Some providers keep no metadata: the name of its file shows whose a batch is as well.
    const files = new Set(await this.filesOf(key, signal));
    const ours = await this.#http.listed(
      '/batches',
      {},
      (told) => {
        const batch = providerBatchOf(told);
        const isOurs = batch?.key === key || (batch?.inputFile !== undefined && files.has(batch.inputFile));
        return isOurs ? batch : undefined;
      },
      signal,
    );
    return ours === undefined || (ours.all.length === 0 && !ours.isWhole) ? undefined : ours.all.slice(0, MAX_OF_A_KEY);
  }

  async get(id: ProviderId, signal?: AbortSignal): Promise<ProviderBatch | undefined> {
    const json = await this.#http.json(`/batches/${encodeURIComponent(id)}`, { method: 'GET', signal });
    return json === undefined ? undefined : found(providerBatchOf(json));
  }

  async cancel(id: ProviderId): Promise<void> {
    const answer = await this.#http.answer(`/batches/${encodeURIComponent(id)}/cancel`, { method: 'POST' });
    // A conflict is told of a batch that has ended meanwhile.
    const hasEnded = answer.status === 400 || answer.status === 409 || isNotThere(answer);
    if (isRefusal(answer) && !hasEnded) throw refusalOf(answer);
  }

  async content(file: ProviderId, take: (line: string | undefined) => void, signal?: AbortSignal): Promise<boolean> {
    const asking = { method: 'GET', kind: 'FILE', mostBytes: MAX_FILE, take, signal } as const;
    const answer = await this.#http.answer(`/files/${encodeURIComponent(file)}/content`, asking);
    if (isNotThere(answer)) return false;
    if (isRefusal(answer)) throw refusalOf(answer);
    return true;
  }

  async filesOf(key: string, signal?: AbortSignal): Promise<readonly ProviderId[]> {
    const isOurs = (told: unknown): boolean => fieldOf(told, 'filename') === fileName(key);
    const idOf = (told: unknown): ProviderId | undefined => (isOurs(told) ? providerIdOf(fieldOf(told, 'id')) : undefined);
    return (await this.#http.listed('/files', { purpose: 'batch' }, idOf, signal))?.all ?? [];
  }

  async remove(file: ProviderId): Promise<void> {
    const answer = await this.#http.answer(`/files/${encodeURIComponent(file)}`, { method: 'DELETE' });
    if (isRefusal(answer) && !isNotThere(answer)) throw refusalOf(answer);
  }

  async #made(path: string, asking: Omit<ProviderAsking, 'method'>): Promise<unknown> {
    return found(await this.#http.json(path, { method: 'POST', ...asking }), 404);
  }
}

/** Found again by it where nothing else is known. It holds our key and no more. */
function fileName(key: string): string {
  return `ibsafe-${key}.jsonl`;
}

function found<T>(value: T | undefined, status = 200): T {
  if (value === undefined) throw new ModelFailure('BAD_REQUEST', { status });
  return value;
}
