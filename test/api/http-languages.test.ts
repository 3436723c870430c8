import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { languageAsked } from '../../src/server/http/accept.js';
import { startTestServer, type TestServer } from './http-fixture.js';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

const KOREAN = 'ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7';

describe('the language of a refusal', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['ko', 'ko'],
    [KOREAN, 'ko'],
    ['en-GB,en;q=0.9,ko;q=0.8', 'en'],
    ['ja,ko;q=0.5', 'ko'],
    ['ja', 'en'],
    ['*', 'en'],
    ['ko;q=0, en;q=0.1', 'en'],
    ['en;q=0.1, KO;q=0.2', 'ko'],
    ['kok', 'en'],
  ] as const)('is of ours what accept-language wants most, and English else: %s', (header, language) => {
    expect(languageAsked({ headers: { 'accept-language': header } })).toBe(language);
  });

  it('is that of the page for a browser, which says so', async () => {
    const page = await fetch(`${server.url}/nothing`, { headers: { accept: 'text/html', 'accept-language': KOREAN } });
    const html = await page.text();
    expect([page.status, html]).toEqual([404, expect.stringMatching(/<html lang="ko">.*\/nothing에는 아무것도 없습니다\./su)]);
    const english = await fetch(`${server.url}/nothing`, { headers: { accept: 'text/html' } });
    expect(await english.text()).toMatch(/<html lang="en">.*There is nothing at \/nothing\./su);
  });

  it('is that of the JSON for a program, beside a code that stays', async () => {
    const answer = await fetch(`${server.url}/nothing`, { headers: { 'accept-language': KOREAN } });
    expect(await answer.json()).toEqual({ error: { code: 'NOT_FOUND', message: '/nothing에는 아무것도 없습니다.' } });
  });

  it.each([
    ['a body that is no JSON', '{', {}, { code: 'BAD_REQUEST', message: /^요청 본문은 UTF-8로 쓴 JSON/u }],
    ['a caller who is not known', '{}', { authorization: 'no' }, { code: 'UNAUTHENTICATED', message: /^로그인하세요\./u }],
    ['a page of another origin', '{}', { origin: 'https://elsewhere.example' }, { code: 'FORBIDDEN', message: /^다른 출처의 페이지/u }],
  ])('is that of GraphQL over HTTP: %s', async (_what, body, headers, { code, message }) => {
    const answer = await server.post(body, { ...headers, 'accept-language': KOREAN });
    expect(await answer.json()).toEqual({ errors: [{ message: expect.stringMatching(message), extensions: { code } }] });
  });
});
