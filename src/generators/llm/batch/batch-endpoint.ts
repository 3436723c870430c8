import { randomBytes } from 'node:crypto';
import { boundedRequest, NoAnswer, type Asking, type HttpAnswer } from '../../../base/bounded-post.js';
import { foreignJson } from '../../../base/foreign-json.js';
import { fieldOf } from '../call-usage.js';
import { failureOf, ModelFailure } from '../model-failure.js';
import type { LlmSettings } from '../settings.js';
import { LINE_URL } from './batch-lines.js';
import { KEY_NAME, providerBatchOf, providerIdOf, type ProviderBatch, type ProviderId } from './provider-batch.js';

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
  /** Undefined for a file that is not there. */
  content(file: ProviderId, signal?: AbortSignal): Promise<string | undefined>;
  /** Files that were sent under our key; none where the endpoint cannot list. */
  filesOf(key: string, signal?: AbortSignal): Promise<readonly ProviderId[]>;
  /** Deletes a file. One that is gone already is what was wanted. */
  remove(file: ProviderId): Promise<void>;
}

/** Longest file that is read: what 50,000 answers, a provider's most, take several times over. */
const MAX_FILE = 200_000_000;
const PAGE = 100;
/** Pages that are searched for our key: a batch is sought within minutes or hours of its making, and the newest come first. */
const MAX_PAGES = 50;
/** Time for one request, as shares of that for one call: a file may be large. With the usual minute for a call: half a minute, and five. */
const PATIENCE = { order: 0.5, file: 5 };
/** What answers where something cannot be listed, or is not there. */
const NOT_THERE: ReadonlySet<number> = new Set([404, 405, 410, 501]);

/** Files and batches in the format of OpenAI's Batch API, which several providers speak. */
export class HttpBatchEndpoint implements BatchEndpoint {
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  readonly #patienceMs: { readonly order: number; readonly file: number };

  constructor({ baseUrl, apiKey, timeoutMs }: Pick<LlmSettings, 'baseUrl' | 'apiKey' | 'timeoutMs'>) {
    this.#base = baseUrl;
    this.#patienceMs = { order: timeoutMs * PATIENCE.order, file: timeoutMs * PATIENCE.file };
    this.#headers = { accept: 'application/json', ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }) };
  }

  get onItsWayMs(): number {
    return this.#patienceMs.file + this.#patienceMs.order;
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
    const json = await this.#json('/files', {
      method: 'POST',
      body,
      ...given(signal),
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    });
    return found(providerIdOf(fieldOf(json, 'id')));
  }

  async create(key: string, inputFile: ProviderId, signal?: AbortSignal): Promise<ProviderBatch> {
    const order = { input_file_id: inputFile, endpoint: LINE_URL, completion_window: '24h', metadata: { [KEY_NAME]: key } };
    const headers = { 'content-type': 'application/json' };
    return found(providerBatchOf(await this.#json('/batches', { method: 'POST', body: JSON.stringify(order), headers, ...given(signal) })));
  }

  async withKey(key: string, signal?: AbortSignal): Promise<readonly ProviderBatch[] | undefined> {
    const list = await this.#listed('/batches', new URLSearchParams(), signal);
    if (list === undefined) return undefined;
    // Some providers keep no metadata: the name of its file shows whose a batch is as well.
    const files = new Set(await this.filesOf(key, signal));
    const batches = list.all.flatMap((told) => providerBatchOf(told) ?? []);
    const ours = batches.filter((batch) => batch.key === key || (batch.inputFile !== undefined && files.has(batch.inputFile)));
    return ours.length > 0 || list.isWhole ? ours : undefined;
  }

  async get(id: ProviderId, signal?: AbortSignal): Promise<ProviderBatch | undefined> {
    const json = await this.#jsonIfThere(`/batches/${encodeURIComponent(id)}`, { method: 'GET', ...given(signal) });
    return json === undefined ? undefined : found(providerBatchOf(json));
  }

  async cancel(id: ProviderId): Promise<void> {
    const { status, ...answer } = await this.#ask(`/batches/${encodeURIComponent(id)}/cancel`, { method: 'POST' });
    // A conflict is told of a batch that has ended meanwhile.
    if (status > 299 && status !== 400 && status !== 409 && !NOT_THERE.has(status)) throw refusalOf({ status, ...answer });
  }

  async content(file: ProviderId, signal?: AbortSignal): Promise<string | undefined> {
    const answer = await this.#ask(`/files/${encodeURIComponent(file)}/content`, { method: 'GET', mostBytes: MAX_FILE, ...given(signal) });
    if (NOT_THERE.has(answer.status)) return undefined;
    if (answer.status > 299) throw refusalOf(answer);
    return answer.body;
  }

  async filesOf(key: string, signal?: AbortSignal): Promise<readonly ProviderId[]> {
    const list = await this.#listed('/files', new URLSearchParams({ purpose: 'batch' }), signal);
    return (list?.all ?? [])
      .filter((told) => fieldOf(told, 'filename') === fileName(key))
      .flatMap((told) => providerIdOf(fieldOf(told, 'id')) ?? []);
  }

  async remove(file: ProviderId): Promise<void> {
    const answer = await this.#ask(`/files/${encodeURIComponent(file)}`, { method: 'DELETE' });
    if (answer.status > 299 && !NOT_THERE.has(answer.status)) throw refusalOf(answer);
  }

  /** The pages of a list; undefined where there is none. `isWhole` where none is missing. */
  async #listed(
    path: string,
    query: URLSearchParams,
    signal?: AbortSignal,
  ): Promise<{ readonly all: readonly unknown[]; readonly isWhole: boolean } | undefined> {
    const all: unknown[] = [];
    query.set('limit', String(PAGE));
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const json = await this.#jsonIfThere(`${path}?${query.toString()}`, { method: 'GET', ...given(signal) });
      const data = fieldOf(json, 'data');
      if (!Array.isArray(data)) return page === 0 ? undefined : { all, isWhole: false };
      all.push(...(data as unknown[]));
      const last = providerIdOf(fieldOf(data.at(-1), 'id'));
      if (fieldOf(json, 'has_more') !== true || last === undefined) return { all, isWhole: true };
      query.set('after', last);
    }
    return { all, isWhole: false };
  }

  async #json(path: string, asking: Pick<Asking, 'method' | 'body'> & Partial<Asking>): Promise<unknown> {
    return found(await this.#jsonIfThere(path, asking), 404);
  }

  /** JSON of an answer; undefined where nothing is there. @throws ModelFailure for a refusal, and for what is no JSON */
  async #jsonIfThere(path: string, asking: Pick<Asking, 'method'> & Partial<Asking>): Promise<unknown> {
    const answer = await this.#ask(path, asking);
    if (NOT_THERE.has(answer.status)) return undefined;
    if (answer.status > 299) throw refusalOf(answer);
    try {
      return foreignJson(answer.body);
    } catch {
      throw new ModelFailure('BAD_REQUEST', { status: answer.status });
    }
  }

  async #ask(path: string, asking: Pick<Asking, 'method'> & Partial<Asking>): Promise<HttpAnswer> {
    const { order, file } = this.#patienceMs;
    const late = AbortSignal.timeout(Math.ceil(path.startsWith('/files') ? file : order));
    const signal = asking.signal === undefined ? late : AbortSignal.any([asking.signal, late]);
    try {
      return await boundedRequest(new URL(`${this.#base}${path}`), { ...asking, headers: { ...this.#headers, ...asking.headers }, signal });
    } catch (error) {
      if (asking.signal?.aborted === true) throw new ModelFailure('CUT_OFF');
      if (signal.aborted) throw new ModelFailure('TIMEOUT');
      if (error instanceof NoAnswer) throw new ModelFailure(error.kind === 'CUT_OFF' ? 'CUT_OFF' : error.kind === 'NOT_HTTP' ? 'BAD_REQUEST' : 'OVERLOADED'); // prettier-ignore
      throw error;
    }
  }
}

function given(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

/** Found again by it where nothing else is known. It holds our key and no more. */
function fileName(key: string): string {
  return `ibsafe-${key}.jsonl`;
}

function found<T>(value: T | undefined, status = 200): T {
  if (value === undefined) throw new ModelFailure('BAD_REQUEST', { status });
  return value;
}

function refusalOf({ status, headers }: HttpAnswer): ModelFailure {
  return failureOf({ status, headers, code: '' }, new Date());
}
