import { boundedRequest, NoAnswer } from './bounded-post.js';

/** ms after which an answer is not waited for any more, where the caller sets no time. */
const PATIENCE_MS = 5_000;

/** What libraries hand to `fetch`, as far as they use it. */
interface FetchOptions {
  readonly method?: string;
  readonly headers?: ConstructorParameters<typeof Headers>[0];
  readonly body?: unknown;
  readonly signal?: AbortSignal | null | undefined;
}

/**
 * `fetch` for libraries that ask a stranger, such as an identity provider: as `boundedRequest` does, it follows no redirect and reads no endless body.
 * @throws NoAnswer, or the signal's reason
 */
export async function boundedFetch(url: string | URL, { method, headers, body, signal }: FetchOptions = {}): Promise<Response> {
  const answer = await boundedRequest(new URL(url), {
    method: method === 'POST' ? 'POST' : 'GET',
    headers: Object.fromEntries(new Headers(headers)),
    ...(body != null && { body: textOf(body) }),
    signal: signal ?? AbortSignal.timeout(PATIENCE_MS),
  });
  const hasBody = ![204, 205, 304].includes(answer.status);
  try {
    return new Response(hasBody ? answer.body : null, { status: answer.status, headers: answer.headers });
  } catch (cause) {
    throw new NoAnswer('NOT_HTTP', { cause }); // a status or a header that no answer has
  }
}

function textOf(body: unknown): string {
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('a body of this kind is not sent');
}
