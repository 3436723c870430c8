import { describe, expect, it } from '@jest/globals';
import { outageTold } from '../../src/generators/llm/call-failure.js';
import { llmSettings } from '../../src/generators/llm/llm-settings.js';
import { ModelFailure } from '../../src/generators/llm/model-failure.js';
import { Overruns } from '../../src/generators/llm/overruns.js';
import { readConfig } from '../../src/config/config.js';
import { patient } from '../domain/advice/advice-fixture.js';
import { openLlmWorld, RUN_ID } from '../support/llm-world.js';
import { boundedPost } from '../../src/base/bounded-post.js';
import { flood, startOddServer, trickle, words, type OddAnswer } from '../support/odd-server.js';

const answered = (status: string, body: string): string =>
  `HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** What became of a user, and what was set aside and settled, where an endpoint answers everybody with the same. */
async function generatedBy(answer: string) {
  const settled: number[] = [];
  await using server = await startOddServer(words(answer));
  await using world = await openLlmWorld({
    settings: { baseUrl: `${server.origin}/v1`, onOutage: 'RULES' },
    spending: {
      reserve: () => Promise.resolve(true),
      settle: (runId, _, micros) => Promise.resolve(void (runId === RUN_ID && settled.push(micros))),
    },
  });
  const generated = await world.generate(patient());
  return { generated, settled, asked: server.asked };
}

describe('An answer that is odd', () => {
  it.each(['{"toString":1,"valueOf":1}', '[{"toString":1}]', '{"__proto__":null}', '[]', 'null', '1e999'])(
    'as an error with a code of %s is a refusal as any other: nobody fails for it',
    async (code) => {
      const { generated } = await generatedBy(answered('400 Bad Request', `{"error":{"code":${code},"type":${code}}}`));
      expect(generated).toMatchObject({ status: 'generated', generator: 'RULES', trace: { fallbackReason: 'GENERATOR_REFUSED' } });
    },
  );

  it.each(['{"choices":[],"usage":USAGE}', '{"usage":USAGE}', '{"choices":[{"finish_reason":"content_filter"}],"usage":USAGE}'])(
    'as %s, which tells what it took and holds nothing, is charged for',
    async (body) => {
      const usage = '{"prompt_tokens":2000,"completion_tokens":400}';
      const { settled } = await generatedBy(answered('200 OK', body.replace('USAGE', usage)));
      expect(settled.length).toBeGreaterThan(0);
      expect(new Set(settled)).toEqual(new Set([2_000 + 2 * 400]));
    },
  );

  it('comes as it is: no encoding is asked for', async () => {
    const { asked } = await generatedBy(answered('400 Bad Request', '{}'));
    expect(asked[0]?.toLowerCase()).toContain('\r\naccept-encoding: identity\r\n');
  });
});

describe('A refusal is told by its status, however its body comes:', () => {
  const [LENGTH, CHUNKS] = ['content-length: 500000000', 'transfer-encoding: chunked'];
  const bodies: readonly (readonly [body: string, answer: (head: string) => OddAnswer, told: RegExp])[] = [
    ['one that does not come', (head) => words(`${head}${LENGTH}\r\n\r\n`), /^$/u],
    ['one that stops', (head) => words(`${head}${CHUNKS}\r\n\r\n3\r\nabc\r\n`), /^abc$/u],
    ['one that drips', (head) => trickle(`${head}${LENGTH}\r\n\r\n`), /^x+$/u],
    ['one without an end', (head) => flood(`${head}${LENGTH}\r\n\r\n`, 'x'.repeat(65_536)), /^x{64000}$/u],
    ['one that breaks off', (head) => (socket) => void socket.end(`${head}${LENGTH}\r\n\r\nabc`), /^abc$/u],
    ['one that is no HTTP', (head) => words(`${head}${CHUNKS}\r\n\r\nZZ\r\n`), /^$/u],
  ];
  it.each(bodies)('%s', async (_, answer, told) => {
    const asked = [401, 408, 429, 503].map(async (status) => {
      await using server = await startOddServer(answer(`HTTP/1.1 ${status} No\r\nretry-after: 7\r\n`));
      const sending = { headers: {}, body: '{}', signal: new AbortController().signal };
      const got = await boundedPost(new URL(server.origin), sending);
      await server.isLeft(); // the connection is given up
      return got;
    });
    const body: unknown = expect.stringMatching(told);
    expect(await Promise.all(asked)).toEqual(
      [401, 408, 429, 503].map((status) => ({ status, body, headers: expect.objectContaining({ 'retry-after': '7' }) as object })),
    );
  });
});

describe('An endpoint that takes no limit of an answer', () => {
  it.each([
    [
      'tells of tokens that nothing writes in the time of the call',
      '{"content":"hello"}',
      ',"usage":{"prompt_tokens":2000,"completion_tokens":120000}',
    ],
    ['answers without a word, and tells nothing of what it took', '{"content":""}', ''],
  ])('and %s is not charged as if it had written for minutes', async (_, message, usage) => {
    const settled: number[] = [];
    const asked: string[] = [];
    await using server = await startOddServer(
      (socket) =>
        void socket.write(
          /"max_(completion_)?tokens"/u.test(asked.at(-1) ?? '')
            ? answered('400 Bad Request', '{"error":{"message":"max_tokens and max_completion_tokens are not taken"}}')
            : answered('200 OK', `{"choices":[{"message":${message}}]${usage}}`),
        ),
      { asked },
    );
    await using world = await openLlmWorld({
      settings: { baseUrl: `${server.origin}/v1`, onOutage: 'RULES' },
      spending: { reserve: () => Promise.resolve(true), settle: (__, ___, micros) => Promise.resolve(void settled.push(micros)) },
    });
    expect(await world.generate(patient())).toMatchObject({ status: 'generated', generator: 'RULES' });
    const charged = settled.filter((micros) => micros > 0);
    expect(charged.length).toBeGreaterThan(0);
    // Seconds that a busy machine takes for a call are believed; a minute of them would be more.
    expect(charged.filter((micros) => micros >= 200_000)).toEqual([]);
  });
});

describe('An answer beyond its limit', () => {
  it('is doubted once where a budget does not hold so much, and is the endpoint’s way from the second on, for an hour', () => {
    let now = 10_000_000;
    const overruns = new Overruns(() => now);
    overruns.saw(900_000);
    expect(overruns.most).toBe(900_000);
    overruns.doubt();
    expect(overruns.most).toBe(0);
    overruns.saw(5_000);
    overruns.doubt();
    expect(overruns.most).toBe(5_000);
    now += 3_600_000;
    expect(overruns.most).toBe(0);
    overruns.saw(7_000);
    overruns.doubt();
    expect(overruns.most).toBe(0);
  });
});

describe('An endpoint without an answer', () => {
  it('is told with the code of what kept it from coming', async () => {
    await using world = await openLlmWorld({ settings: { baseUrl: 'http://127.0.0.1:9/v1', timeoutMs: 400 } });
    expect(await world.generate(patient())).toEqual({
      status: 'unavailable',
      reason: "the language model's endpoint does not answer (ECONNREFUSED)",
    });
  });

  it.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
    'whose certificate is not taken is told as that (%s)',
    (reason) => {
      const { text } = outageTold(new ModelFailure('OVERLOADED', { reason }));
      expect(text).toContain(`a certificate that is not trusted (${reason}): mend LLM_BASE_URL`);
    },
  );
});

describe('The configuration of an endpoint', () => {
  it.each([' http://x/v1', 'http://x/v1 ', 'http://x/v1?', 'http://x/v1#', 'http:\\\\x/v1', 'http:x/v1', 'http://x/a b'])(
    'takes no address that would be another one when it is put together: %j',
    (url) => {
      expect(() => readConfig({ LLM_BASE_URL: url })).toThrow(/LLM_BASE_URL: expected a URL/u);
    },
  );

  it.each(['"sk-1"', "'sk-1'"])('takes no key in quotes: %s', (key) => {
    expect(() => readConfig({ LLM_API_KEY: key })).toThrow(/LLM_API_KEY: expected a key .* without quotes around it/u);
  });

  it.each(['http://x/v1', 'http://x/v1//', 'http://x/v1/chat/completions', 'http://x/v1/chat/completions/'])(
    'takes %s as vendors show it',
    (url) => {
      expect(llmSettings(readConfig({ LLM_BASE_URL: url, LLM_MODEL: 'm' }))).toMatchObject({ baseUrl: 'http://x/v1' });
    },
  );
});
