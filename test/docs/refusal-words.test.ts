import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { codeWords, inWords } from '../../src/words/code-words.js';
import { SETTINGS } from '../../src/config/config-words.js';
import { SQL_STATES, SYSTEM } from '../../src/cli/words/system-words.js';
import { BAD_INPUTS } from '../../src/resolvers/bad-input-words.js';
import { DATABASE } from '../../src/database/refused.js';
import { DEMO } from '../../src/demo/demo-refused.js';
import { ADDRESSES } from '../../src/database/url-parts.js';
import { DAMAGES } from '../../src/lifecycle/archive/archive-lines.js';
import { EMBEDDED } from '../../src/embedded-postgres/embedded-words.js';
import { INDEXES } from '../../src/records/record-indexes/create-index.js';
import { KEPT } from '../../src/lifecycle/retention/refusal-words.js';
import { ACCESS } from '../../src/identity/access-words.js';
import { DASHBOARD } from '../../src/server/dashboard/dashboard-words.js';
import { HTTP } from '../../src/server/http/http-words.js';
import { LISTENING } from '../../src/server/http/listening.js';
import { LANGUAGES, type Language, type Said } from '../../src/domain/said.js';
import { because, REFUSALS } from '../../src/domain/refusals.js';
import { reject } from '../../src/domain/rejection.js';
import { EXPECTATIONS, expecting } from '../../src/domain/schedule/expectations.js';
import { problemOf } from '../../src/domain/schedule/parse-schedule-input.js';
import { invalidSchedule } from '../../src/domain/schedule/schedule-rejection.js';
import { STORES } from '../../src/domain/store-problems.js';
import { PAUSES } from '../../src/domain/run/pause-words.js';
import { projectFile } from '../../src/base/project-file.js';
import { englishIn } from '../support/english-in.js';

/** Groups whose English stands in the sources. */
const VOCABULARIES = [
  REFUSALS,
  BAD_INPUTS,
  KEPT,
  DAMAGES,
  SETTINGS,
  ADDRESSES,
  EMBEDDED,
  INDEXES,
  LISTENING,
  SYSTEM,
  SQL_STATES,
  DATABASE,
  DEMO,
  STORES,
  PAUSES,
  HTTP,
  DASHBOARD,
  ACCESS,
];
/** Asked for by the code that the system or PostgreSQL gives. */
const GIVEN: readonly string[] = [SYSTEM.group, SQL_STATES.group];
const all = VOCABULARIES.flatMap(({ group, english }) => Object.entries(english).map(([code, text]) => ({ group, code, text })));
const placesIn = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].toSorted();
const withWords = ({ group, code, text }: (typeof all)[number], language: Language): string =>
  inWords({ group, code, values: Object.fromEntries(placesIn(text).map((name) => [name, `<${name}>`])) }, language);

const folder = projectFile('src');
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(folder, name), 'utf8') }));

describe('Each refusal that the sources can say', () => {
  it.each(LANGUAGES)('has a sentence in %s with the places of the English in the sources', (language) => {
    expect(all.length).toBeGreaterThan(180);
    for (const each of all) {
      const sentence = codeWords(language, each.group, each.code)?.name ?? 'none';
      expect([each.code, placesIn(sentence)]).toEqual([each.code, placesIn(each.text)]);
      expect([each.code, withWords(each, language)]).toEqual([each.code, expect.stringMatching(/^[^{}]+$/u)]);
      if (language === 'en') expect([each.code, sentence]).toEqual([each.code, each.text]);
      else expect([each.code, sentence]).toEqual([each.code, expect.stringMatching(/[가-힣]/u)]);
    }
  });

  it('is said somewhere, and the catalogue has no other', () => {
    const said = sources.map(({ text }) => text).join('\n');
    expect(all.filter(({ group, code }) => !GIVEN.includes(group) && !said.includes(`'${code}'`))).toEqual([]);
    for (const { group, english } of VOCABULARIES)
      for (const language of LANGUAGES) expect(codesOf(language, group)).toEqual(Object.keys(english).toSorted());
  });

  it('is made of the catalogue: no source makes one of a text', () => {
    const rejections = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/\b(?:reject|rejected|refusalFor)\(\s*'\w+',\s*(\w+|['"`])/gu)].map(([, made]) => `${name}: ${made}`),
    );
    expect(rejections.length).toBeGreaterThan(35);
    expect(rejections.filter((each) => !each.endsWith(': because'))).toEqual([]);
    expect(sources.filter(({ name, text }) => text.includes("status: 'rejected', code") && name !== 'domain/rejection.ts')).toEqual([]);
  });
});

describe('Every sentence that is kept in the sources', () => {
  it('is of a group that is looked at here: the next group without Korean fails', () => {
    const made = sources.flatMap(({ text }) => [...text.matchAll(/\bsentencesOf\(\s*'(\w+)'/gu)].map(([, group = '']) => group));
    expect(made.toSorted()).toEqual([...VOCABULARIES, EXPECTATIONS].map(({ group }) => group).toSorted());
  });

  it('is what HTTP refuses with, and what keeps a caller out: neither is made of a text', () => {
    const made = sources.flatMap(({ name, text }) =>
      [...text.matchAll(/\bnew (HttpRefusal|AccessRefused)\(([^;]*)/gu)].map(([, , given = '']) => `${name}: ${given.split('\n')[0]}`),
    );
    expect(made.length).toBeGreaterThan(45);
    const withText = made.filter((each) => !/\.tell\(|, (?:told|why|turned\.why|refusalOf\(|whereEventsAre\()/u.test(each));
    expect(withText).toEqual([]);
  });
});

describe('Every code of an error of GraphQL', () => {
  const errors = sources.filter(({ name }) => /^(?:server\/(?:operations|http)|resolvers)\//u.test(name));
  const codes = errors.flatMap(({ text }) => [
    ...[...text.matchAll(/\bcode: '([A-Z_]+)'/gu)].map(([, code = '']) => code),
    ...[...text.matchAll(/\bnotFound\('([A-Z]+)'/gu)].map(([, what = '']) => `${what}_NOT_FOUND`),
  ]);

  it.each(LANGUAGES)('has words in %s, with which the console tells of it', (language) => {
    expect(new Set(codes).size).toBeGreaterThan(25);
    const groups = ['ErrorCode', 'Problem', 'SignInProblem'];
    expect(codes.filter((code) => groups.every((group) => codeWords(language, group, code) === undefined))).toEqual([]);
  });
});

/** Groups of whole sentences that commands, alerts and GraphQL say. (What the doctor says holds statements of SQL.) */
// Without the addresses of databases, whose sentences are of parameters of libpq and their values.
const SPOKEN = [
  ...VOCABULARIES.map(({ group }) => group).filter((group) => group !== ADDRESSES.group),
  'Command',
  'Expected',
  'AlertText',
  'ErrorCode',
  'Problem',
];

describe('The Korean of each of them', () => {
  it.each(SPOKEN)('holds no English but names, codes and what is typed: %s', (group) => {
    const words = JSON.parse(readFileSync(projectFile('data/codes/ko.json'), 'utf8')) as Record<string, Record<string, { name: string }>>;
    const english = Object.entries(words[group] ?? {}).map(([code, { name }]) => [code, englishIn(name.replaceAll(/\{\w+\}/gu, ' '))]);
    expect(english.length).toBeGreaterThan(1);
    expect(english.filter(([, found]) => (found ?? []).length > 0)).toEqual([]);
  });
});

describe('A refusal', () => {
  it('tells in English what the catalogue tells, sentences of other groups within it too', () => {
    const hour = problemOf('hour', '30', expecting('WHOLE_NUMBER', { least: 0, most: 23 }));
    const zone = problemOf('timeZone', 'nothing', expecting('TIME_ZONE'));
    const refused = invalidSchedule([hour, zone]);
    expect(refused.message).toBe(
      'hour: expected a whole number from 0 to 23, found 30; timeZone: expected an IANA time zone such as Asia/Seoul, found nothing. Correct it and send it again.',
    );
    expect(inWords(refused.said, 'en')).toBe(refused.message);
    expect(inWords(refused.said, 'ko')).toMatch(/^hour: 필요한 값은 .*, 입력한 값은 30\. 그리고 timeZone: .* 고쳐서 다시 보내세요\.$/u);
  });

  it.each<[Said, string]>([
    [because('RUN_ALREADY_ENDED', { run: 'r7', status: 'FAILED', done: because('DONE_RESUMED').said }).said, '실행 r7은 이미 끝나서(FAILED) 재개할 수 없습니다. 새로 실행하거나 이 실행의 사용자를 재시도하세요.'], // prettier-ignore
    [because('GENERATOR_NOT_AVAILABLE', { generator: 'LLM', available: ['RULES'] }).said, '생성기 LLM은(는) 설정되어 있지 않습니다. 쓸 수 있는 생성기: RULES.'], // prettier-ignore
    [because('VERSION_CONFLICT', { expected: 3, found: 4 }).said, '버전 3을 바꾸려 했지만 지금은 버전 4입니다. 그 사이 스케줄이 바뀌었습니다. 지금 내용을 확인한 뒤 필요한 것만 다시 하세요.'], // prettier-ignore
  ])('reads as Korean with its values: %j', (said, expected) => {
    expect(inWords(said, 'ko')).toBe(expected);
  });

  it('keeps its code, its values and the run in its way', () => {
    const refused = reject('RUN_ALREADY_ACTIVE', because('RUN_ALREADY_ACTIVE', { date: '2026-03-10', run: 'r' }), 'r');
    expect(refused).toMatchObject({ code: 'RUN_ALREADY_ACTIVE', runId: 'r', said: { values: { date: '2026-03-10', run: 'r' } } });
  });
});

function codesOf(language: Language, group: string): string[] {
  const words = JSON.parse(readFileSync(projectFile(`data/codes/${language}.json`), 'utf8')) as Record<string, object>;
  return Object.keys(words[group] ?? {}).toSorted();
}
