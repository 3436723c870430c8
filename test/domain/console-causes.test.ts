import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { projectFile } from '../../src/base/project-file.js';
import { faultOf, SETUP_CODES } from '../../src/database/through-passing-faults.js';

interface Words {
  readonly name: string;
  readonly means?: string;
  readonly todo?: string;
}
type WordsOf = (group: string, code: string) => Words;
interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly said?: { readonly sentence: string; readonly values: Readonly<Record<string, unknown>> };
}
const consoleModule = async <Module>(path: string): Promise<Module> => (await import(`../../console/src/${path}.js`)) as Module;
const { causeOfFailure, withCausesNamed } = await consoleModule<{
  causeOfFailure: (words: WordsOf, code: string) => Words;
  withCausesNamed: (words: WordsOf, sentence: string) => string;
}>('runs/run-failure');
const { toldBy } = await consoleModule<{ toldBy: (words: WordsOf, refusal: Refusal) => string }>('language/told');

const wordsIn = (language: string): WordsOf => {
  const codes = JSON.parse(readFileSync(projectFile(`data/codes/${language}.json`), 'utf8')) as Record<string, Record<string, Words>>;
  return (group, code) => codes[group]?.[code] ?? { name: code };
};
const ko = wordsIn('ko');

/** Codes with which a run fails as a whole or pauses: one of each class, those that PostgreSQL has most, and ours. */
const CODES = [
  '0A000', '2200H', '23502', '25006', '28000', '28P01', '3D000', '3F000', '42P01', '42703', '42501', '42P10', '55000',
  ...SETUP_CODES,
]; // prettier-ignore

describe('Why a run failed as a whole', () => {
  it.each([...CODES, 'BEFORE_RETENTION'])('is told by name, with what it means and what to do: %s', (code) => {
    for (const language of ['ko', 'en']) {
      const words = wordsIn(language);
      const cause = causeOfFailure(words, code);
      expect(cause).toEqual({ name: expect.any(String), means: expect.any(String), todo: expect.any(String) });
      expect(cause).not.toEqual(words('RunFailure', 'UNKNOWN'));
      expect(cause.name).not.toContain(code);
    }
  });

  it('is each of the faults that end a run before its first user', () => {
    expect(CODES.map((code) => faultOf(Object.assign(new Error(code), { code })).kind)).toEqual(CODES.map(() => 'SETUP'));
  });

  it('is told as not known where a later release writes another', () => {
    expect(causeOfFailure(ko, 'SOMETHING_NEW').name).toBe('알 수 없는 원인');
    expect(causeOfFailure(ko, '').todo).toContain('점검');
  });

  it('stands by its name in the sentence of a run that the database stopped', () => {
    const said = '청크 12345을(를) 처리할 수 없습니다. 데이터베이스의 답은 42501입니다. "doctor"를 실행해';
    expect(withCausesNamed(ko, said)).toBe(said.replace('42501', '“데이터베이스 권한 없음”'));
    expect(withCausesNamed(ko, '답은 COLUMNS_UNFIT입니다.')).toBe('답은 “열의 형식이 다름”입니다.');
  });
});

const refused = (field: string): Refusal => ({ code: 'BAD_USER_INPUT', message: '…', said: { sentence: 'VARIABLE', values: { field } } });

describe('A value that the service refuses', () => {
  it('is told by the label of the form, and not by a name of the schema', () => {
    expect(toldBy(ko, refused('maxActiveRuns'))).toBe('동시 실행 일수의 값을 쓸 수 없습니다. 값을 고치세요.');
    expect(toldBy(wordsIn('en'), refused('keep'))).toBe('Months to keep beside this one has a value that cannot be used. Correct it.');
  });

  it('of a field that stands in no form is told without its name', () => {
    expect(toldBy(ko, refused('expectedVersion'))).toBe(ko('Problem', 'BAD_USER_INPUT').name);
  });
});
