import { boundedRequest, NoAnswer, type Asking, type HttpAnswer } from '../../../base/bounded-post.js';
import { foreignJson } from '../../../base/foreign-json.js';
import { fieldOf } from '../call-usage.js';
import { toldRefusal } from '../chat-answer.js';
import { failureOf, ModelFailure } from '../model-failure.js';
import type { LlmSettings } from '../settings.js';
import { providerIdOf, type ProviderId } from './provider-batch.js';

/** A request about files and batches. `kind` decides how long it may take: a FILE may be large. Default: ORDER. */
export interface ProviderAsking extends Partial<Omit<Asking, 'signal'>> {
  readonly method: Asking['method'];
  readonly kind?: 'ORDER' | 'FILE';
  readonly signal?: AbortSignal | undefined;
}

/** What was read of a list. `isWhole` where nothing of it is missing. */
export interface Listed<T> {
  readonly all: readonly T[];
  readonly isWhole: boolean;
}

const PAGE = 100;
/** Pages that are searched: what is ours is sought within minutes or hours of its making, and the newest come first. */
const MAX_PAGES = 50;
/** Time for one request, as shares of that for one call, and for all pages of a list. With the usual minute for a call: half a minute, five and five. */
const PATIENCE = { ORDER: 0.5, FILE: 5, LIST: 5 };
/** What answers where something cannot be listed, or is not there. */
const NOT_THERE: ReadonlySet<number> = new Set([404, 405, 410, 501]);

/** Asks a provider of files and batches. Whatever it answers becomes a value or a `ModelFailure`; CUT_OFF where the caller's signal ended it. */
export class ProviderHttp {
  readonly #base: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(private readonly settings: Pick<LlmSettings, 'baseUrl' | 'apiKey' | 'timeoutMs'>) {
    const { baseUrl, apiKey } = settings;
    this.#base = baseUrl;
    this.#headers = { accept: 'application/json', ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }) };
  }

  /** ms that a request may take, or all pages of a list. */
  patienceMs(kind: keyof typeof PATIENCE): number {
    return Math.ceil(this.settings.timeoutMs * PATIENCE[kind]);
  }

  /** JSON of an answer; undefined where nothing is there. @throws ModelFailure for a refusal, and for what is no JSON */
  async json(path: string, asking: ProviderAsking): Promise<unknown> {
    const answer = await this.answer(path, asking);
    if (isNotThere(answer)) return undefined;
    if (isRefusal(answer)) throw refusalOf(answer);
    const json = jsonOf(answer);
    const told = fieldOf(json, 'error');
    // Some gateways answer 200 and say within that they refuse: nothing was made.
    if (told !== undefined && told !== null && fieldOf(json, 'id') === undefined) throw refusalWithin(answer, told);
    return json;
  }

  /**
   * What `pick` takes of the pages of a list; undefined where the endpoint has none, or refuses to tell it. A list that goes in circles ends where it begins anew, one
   * without an end after many pages or minutes.
   */
  async listed<T>(
    path: string,
    query: Readonly<Record<string, string>>,
    pick: (told: unknown) => T | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Listed<T> | undefined> {
    const within = anyOf(signal, AbortSignal.timeout(this.patienceMs('LIST')));
    const [all, cursors] = [[] as T[], new Set<ProviderId>()];
    const asked = new URLSearchParams({ ...query, limit: String(PAGE) });
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const json = await this.#page(`${path}?${asked.toString()}`, within);
      const data = fieldOf(json, 'data');
      if (!Array.isArray(data)) return page === 0 ? undefined : { all, isWhole: false };
      for (const told of data as unknown[]) {
        const picked = pick(told);
        if (picked !== undefined) all.push(picked);
      }
      const last = providerIdOf(fieldOf(data.at(-1), 'id'));
      if (fieldOf(json, 'has_more') !== true || last === undefined) return { all, isWhole: true };
      if (cursors.has(last)) break;
      cursors.add(last);
      asked.set('after', last);
    }
    return { all, isWhole: false };
  }

  /** Whatever is answered. */
  async answer(path: string, { kind = 'ORDER', signal: given, ...asking }: ProviderAsking): Promise<HttpAnswer> {
    const signal = anyOf(given, AbortSignal.timeout(this.patienceMs(kind)));
    try {
      return await boundedRequest(new URL(`${this.#base}${path}`), { ...asking, headers: { ...this.#headers, ...asking.headers }, signal });
    } catch (error) {
      if (given?.aborted === true) throw new ModelFailure('CUT_OFF');
      if (signal.aborted) throw new ModelFailure('TIMEOUT');
      if (error instanceof NoAnswer) throw new ModelFailure(FAILURES[error.kind]);
      throw error;
    }
  }

  /** Undefined where there is no such list, or none for us. */
  async #page(path: string, signal: AbortSignal): Promise<unknown> {
    try {
      return await this.json(path, { method: 'GET', signal });
    } catch (error) {
      if (error instanceof ModelFailure && error.kind === 'BAD_REQUEST' && (error.status ?? 0) >= 400) return undefined;
      throw error;
    }
  }
}

/** Where the error names no status it counts as any refusal of what was asked. */
function refusalWithin(answer: HttpAnswer, told: unknown): ModelFailure {
  const failure = toldRefusal(answer, told, new Date());
  return (failure.status ?? 0) < 300 ? new ModelFailure(failure.kind, { status: 400 }) : failure;
}

function jsonOf({ status, body }: HttpAnswer): unknown {
  try {
    return foreignJson(body);
  } catch {
    throw new ModelFailure('BAD_REQUEST', { status });
  }
}

const FAILURES = { NO_CONNECTION: 'OVERLOADED', CUT_OFF: 'CUT_OFF', NOT_HTTP: 'BAD_REQUEST' } as const;

/** Whether what was asked about is not there, or cannot be asked about. */
export function isNotThere({ status }: Pick<HttpAnswer, 'status'>): boolean {
  return NOT_THERE.has(status);
}

export function isRefusal({ status }: Pick<HttpAnswer, 'status'>): boolean {
  return status > 299;
}

export function refusalOf({ status, headers }: HttpAnswer): ModelFailure {
  return failureOf({ status, headers, code: '' }, new Date());
}

function anyOf(given: AbortSignal | undefined, own: AbortSignal): AbortSignal {
  return given === undefined ? own : AbortSignal.any([given, own]);
}
