import { afterEach, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asTyped } from '../../src/base/as-typed.js';
import { pausedLines } from '../../src/cli/run/paused-run.js';
import { statusWords } from '../../src/cli/run/run-result.js';
import { summaryLines } from '../../src/cli/run/wait-for-run.js';
import { textWidth } from '../../src/cli/screen/text-width.js';
import { nameOf, say, wordsOf } from '../../src/cli/words/catalogue.js';
import { languageOf, speak } from '../../src/cli/words/language.js';
import { refusalOf, sentenceOf } from '../../src/cli/words/refusal.js';
import { FAILURE_CODES, SKIP_REASONS } from '../../src/domain/outcome.js';
import { because } from '../../src/domain/refusals.js';
import { reject } from '../../src/domain/rejection.js';
import type { RunProgress } from '../../src/domain/run/progress.js';
import { LANGUAGES } from '../../src/domain/said.js';
import { PAUSE_CAUSES } from '../../src/domain/run/run-events.js';
import { projectFile } from '../../src/base/project-file.js';

const KOREAN = /[가-힣]/;

afterEach(() => speak('en'));

describe('the language of the commands', () => {
  it.each([
    [undefined, { LANG: 'ko_KR.UTF-8' }, 'ko'],
    [undefined, { LANG: 'ko' }, 'ko'],
    [undefined, { LANG: 'ko_KR.UTF-8', LC_ALL: 'C' }, 'en'],
    [undefined, { LANG: 'en_US.UTF-8', LC_MESSAGES: 'ko_KR.eucKR' }, 'ko'],
    [undefined, { LANG: 'kok_IN' }, 'en'], // Konkani
    [undefined, { LC_ALL: '', LANG: 'ko_KR' }, 'ko'],
    [undefined, {}, 'en'],
    ['en', { LANG: 'ko_KR.UTF-8' }, 'en'],
    ['ko', { LANG: 'C' }, 'ko'],
  ] as const)('asked for %s in %j is %s', (asked, env, language) => {
    expect(languageOf(asked, env)).toBe(language);
  });
});

describe('what commands say in Korean', () => {
  it('has words for each code that they tell, from the catalogue of the console', () => {
    speak('ko');
    const told = [
      ...SKIP_REASONS.map((code) => nameOf('SkipReason', code)),
      ...FAILURE_CODES.map((code) => nameOf('FailureCode', code)),
      ...PAUSE_CAUSES.map((cause) => pausedLines({ runId: 'r', pausedCause: cause, pausedReason: null }).join('\n')),
    ];
    expect(told.filter((text) => !KOREAN.test(text))).toEqual([]);
  });

  it('tells the end of a run, in columns as wide as those of English', () => {
    const progress = { status: 'COMPLETED_WITH_FAILURES', roster: 950, startedAt: '2026-03-10T00:00:00.000Z', at: '2026-03-10T00:00:02.000Z', generated: 700, skipped: 240, failed: 10, cancelled: 0, reasons: { NO_PROFILE: 240, INVALID_INPUT: 10 } } as unknown as RunProgress; // prettier-ignore
    const english = summaryLines(progress);
    speak('ko');
    const korean = summaryLines(progress);
    expect(korean[0]).toBe('실행 완료 (일부 실패) (소요 2 s), 대상 950명:');
    expect(korean.at(-1)).toContain('잘못된 기록 10');
    expect(figureAt(korean[1], '700')).toBe(figureAt(english[1], '700'));
  });

  it('says a refusal in one sentence with what was found, and in English no word more than before', () => {
    const refused = reject('DATE_IN_FUTURE', because('DATE_IN_FUTURE', { today: '2026-03-10', found: '2030-01-01' }));
    expect(refusalOf(refused)).toBe(`${refused.message} (DATE_IN_FUTURE)`);
    speak('ko');
    expect(refusalOf(refused)).toBe(
      '기록일은 2026-03-10 또는 그 이전이어야 하는데 2030-01-01입니다. 기록이 있는 날을 고르세요. (DATE_IN_FUTURE)',
    );
  });

  it('names commands where the service names fields of GraphQL, in either language', () => {
    const refused = reject('RUN_NOT_FOUND', because('RUN_NOT_FOUND', { run: 'r' }));
    expect(refusalOf(refused)).toBe(`There is no run r. List the runs with "${asTyped('status')}". (RUN_NOT_FOUND)`);
    for (const language of LANGUAGES) {
      expect(sentenceOf(because('RECALL_NOT_FOUND', { recall: 'r' }), language)).toContain(`"${asTyped('recall list')}"`);
      const catalogue = JSON.parse(readFileSync(projectFile(`data/codes/${language}.json`), 'utf8')) as { readonly Refusal: Readonly<Record<string, { readonly name: string }>> }; // prettier-ignore
      const withFields = Object.entries(catalogue.Refusal).flatMap(([code, { name }]) => {
        const values = Object.fromEntries([...name.matchAll(/\{(\w+)\}/g)].map(([, place = '']) => [place, 'x']));
        return sentenceOf({ said: { group: 'Refusal', code, values } }, language).includes('`') ? [code] : [];
      });
      expect(withFields).toEqual(['NO_ACTIVE_SCHEDULE']); // it says both: how it is typed, and how it is asked over GraphQL
    }
  });

  it('keeps status words of scripts in English', () => {
    expect(statusWords('COMPLETED_WITH_FAILURES')).toBe('completed with failures');
  });

  it('has every sentence that the sources say, with the same places to fill in', () => {
    const folder = projectFile('src/cli');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const keys = files.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/\bsay\('(\w+)'/g)].map(([, key = '']) => key),
    );
    expect(keys.length).toBeGreaterThan(30);
    for (const key of new Set(keys)) {
      const english = placesOf(key);
      speak('ko');
      expect([key, placesOf(key)]).toEqual([key, english]);
      speak('en');
    }
    expect(() => say('nothing of the kind')).toThrow('the catalogue has no sentence');
  });
});

function placesOf(key: string): readonly string[] {
  const text = wordsOf('Command', key)?.name ?? 'missing';
  return [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).toSorted();
}

/** The column in which a figure begins. */
function figureAt(line: string | undefined, figure: string): number {
  return textWidth((line ?? '').slice(0, (line ?? '').indexOf(figure)));
}
