import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { codeWords, inWords } from '../../src/words/code-words.js';
import { FINDINGS } from '../../src/doctor/finding-words.js';
import { PROMISES } from '../../src/doctor/run-invariants.js';
import { RESTORED } from '../../src/doctor/after-restore.js';
import { findingIn, findingOf, warning } from '../../src/doctor/finding.js';
import { EXPECTATIONS } from '../../src/domain/schedule/expectations.js';
import { CATCH_UP_RULES, FIELD_RULES } from '../../src/domain/schedule/field-rules.js';
import { filled, LANGUAGES, type Said, type Value, vocabularyOf } from '../../src/domain/said.js';
import { projectFile } from '../../src/base/project-file.js';

const VOCABULARIES = [FINDINGS, PROMISES, RESTORED];
const all = VOCABULARIES.flatMap(({ group, places }) =>
  Object.entries(places).map(([code, names]) => ({ group, code, names: names as readonly string[] })),
);
const placesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
/** A figure and things in the plural, whatever the figure is. */
const COUNTED =
  /\{(?!folder)\w+\} (?:demo |queued |periodic )?(?:patients|users|persons|rows|runs|lanes|days|nights|schedules|jobs|hours|months|batches|events|outcomes|dishes|tables|tasks|processes|chunks|slots|reads|messages|interventions|migrations|sessions|checks|entries|reasons|dates)\b/;
/** A sentence with a word in each of its places. */
const withWords = (group: string, code: string, names: readonly string[]): Said => ({
  group,
  code,
  values: Object.fromEntries(names.map((name): [string, Value] => [name, `<${name}>`])),
});
const allIn = (language: 'ko' | 'en'): string[] => all.map(({ group, code, names }) => inWords(withWords(group, code, names), language));

describe('All that the doctor can say', () => {
  it.each(LANGUAGES)('has a sentence in %s for each code, with the places that the code has', (language) => {
    expect(all.length).toBeGreaterThan(120);
    for (const { group, code, names } of all) {
      const sentence = codeWords(language, group, code)?.name ?? 'none';
      expect([code, [...new Set(placesIn(sentence))].toSorted()]).toEqual([code, names.toSorted()]);
      expect([code, inWords(withWords(group, code, names), language)]).not.toEqual([code, expect.stringMatching(/[{}]/)]);
    }
  });

  it('is another sentence in Korean than in English', () => {
    const [korean, english] = [allIn('ko'), allIn('en')];
    expect(korean.filter((sentence) => !/[가-힣]/.test(sentence))).toEqual([]);
    expect(korean.filter((sentence, at) => sentence === english[at])).toEqual([]);
  });

  it('has no sentence that nothing says', () => {
    const folder = projectFile('src/doctor');
    const sources = readdirSync(folder).filter((name) => name !== 'finding-words.ts');
    const text = sources.map((name) => readFileSync(join(folder, name), 'utf8')).join('');
    expect(all.filter(({ code }) => !text.includes(`'${code}'`))).toEqual([]);
    for (const { group, places } of VOCABULARIES) {
      const words = JSON.parse(readFileSync(projectFile('data/codes/en.json'), 'utf8')) as Record<string, object>;
      expect(Object.keys(words[group] ?? {}).toSorted()).toEqual(Object.keys(places).toSorted());
    }
  });

  it('has the English of one where it is one, as all that the commands say has', () => {
    expect(inWords(RESTORED.tell('SLOTS', { schedules: 1, hours: 1 }), 'en')).toMatch(/ended 1 hour ago: slots of 1 schedule that/);
    expect(inWords(RESTORED.tell('SLOTS', { schedules: 2, hours: 0 }), 'en')).toMatch(/ended 0 hours ago: slots of 2 schedules that/);
    expect(inWords(FINDINGS.tell('WORKERS_ALIVE', { processes: 1, lanes: 4 }), 'en')).toBe('1 process with 4 lanes gives signs of life');
    const words = JSON.parse(readFileSync(projectFile('data/codes/en.json'), 'utf8')) as Record<string, Record<string, { name: string }>>;
    const sentences = ['Command', 'Finding', 'Restored'].flatMap((group) => Object.values(words[group] ?? {}).map(({ name }) => name));
    expect(sentences.length).toBeGreaterThan(300);
    expect(sentences.filter((sentence) => COUNTED.test(sentence))).toEqual([]);
  });

  it('is told of a whole finding in the language that is asked for, sentences within sentences too', () => {
    const alive = FINDINGS.tell('WORKERS_ALIVE', { processes: 2, lanes: 8 });
    const found = FINDINGS.tell('RUNS_STRANDED', { alive, runs: ['a', 'b'] });
    const finding = findingOf('workers and runs', warning(found, FINDINGS.tell('SWEEP_TAKES_THEM')));
    expect(finding).toMatchObject({ check: 'workers and runs', found: expect.stringMatching(/^2 processes with 8 lanes .*on run a, b$/) });
    expect(findingIn(finding, 'ko')).toEqual({
      check: '워커와 실행',
      found: '프로세스 2개(레인 8개)가 동작 중입니다. 처리하는 워커가 없는 실행: a, b',
      advice: expect.stringMatching(/^감시 기능이/),
    });
  });
});

describe('What a field of a schedule is expected to hold', () => {
  it('is said in English as the catalogue has it, and in Korean in other words with the same places', () => {
    const { group, english } = EXPECTATIONS;
    for (const [code, sentence] of Object.entries(english)) {
      const korean = codeWords('ko', group, code)?.name ?? '';
      expect([code, codeWords('en', group, code)?.name]).toEqual([code, sentence]);
      expect([code, placesIn(korean).toSorted()]).toEqual([code, placesIn(sentence).toSorted()]);
      expect(korean).toMatch(/[가-힣]/);
    }
    expect(Object.keys(english).length).toBeGreaterThan(15);
    for (const field of [...Object.keys(FIELD_RULES), ...Object.keys(CATCH_UP_RULES).map((name) => `catchUp.${name}`)])
      expect([field, codeWords('ko', 'ScheduleField', field)?.name]).toEqual([field, expect.stringMatching(/[가-힣]/)]);
  });
});

describe('A sentence of the catalogue', () => {
  it.each([
    ['{x}을(를) 봅니다', '실행', '실행을 봅니다'],
    ['{x}을(를) 봅니다', '청크', '청크를 봅니다'],
    ['{x}(으)로 바꿉니다', '서울', '서울로 바꿉니다'],
    ['{x}이(가) 있습니다', '예정 시각 2026-03-10', '예정 시각 2026-03-10이 있습니다'],
    ['{x}은(는) 없습니다', '09:05', '09:05는 없습니다'],
    ['{x}와(과) 같습니다', 'batch', 'batch와(과) 같습니다'],
    ['{x}은(는) {y}', '하나', '하나는 {y}'],
  ])('%j with %j has the particle that fits: %j', (sentence, x, expected) => {
    expect(filled(sentence, { x })).toBe(expected);
  });

  it('is refused when the catalogue has none for a code', () => {
    const { tell } = vocabularyOf('Finding', { NEVER_WRITTEN: [] });
    expect(() => inWords(tell('NEVER_WRITTEN'), 'ko')).toThrow('data/codes/ko.json has no words for Finding.NEVER_WRITTEN');
  });
});
