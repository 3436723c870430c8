/** Longest body that is read of an endpoint, in bytes: what an answer takes many times over. */
export const MOST_BODY = 1_000_000;

/**
 * `fetch` for an endpoint that is not trusted: it follows no redirect, because the address comes from configuration only, and reads no endless body.
 * @throws RangeError for a body that is too long, and whatever `fetch` throws
 */
export const boundedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: 'error' });
  const chunks: Uint8Array[] = [];
  let read = 0;
  for await (const chunk of response.body ?? []) {
    read += chunk.byteLength;
    if (read > MOST_BODY) throw new RangeError(`an answer takes at most ${MOST_BODY} bytes`);
    chunks.push(chunk);
  }
  const { status, statusText, headers } = response;
  return new Response(read === 0 ? null : Buffer.concat(chunks), { status, statusText, headers });
};
