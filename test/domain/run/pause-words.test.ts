import { describe, expect, it } from '@jest/globals';
import { inWords } from '../../../src/words/code-words.js';
import { reasonToPause } from '../../../src/domain/run/failure-rate.js';
import { MAX_GENERATOR_PAUSES, reasonOfPause } from '../../../src/domain/run/generator-pauses.js';
import { PAUSES, pauseTold } from '../../../src/domain/run/pause-words.js';
import type { Said } from '../../../src/domain/said.js';
import { ModelFailure } from '../../../src/generators/llm/model-failure.js';
import { outageTold } from '../../../src/generators/llm/call-failure.js';

/** What a place takes that does not take anything. */
const VALUES: Readonly<Record<string, string>> = { status: ' (HTTP 503)' };

const told = (reason: string): string => {
  const said = pauseTold(reason);
  return typeof said === 'string' ? said : inWords(said, 'ko');
};

describe('why the service paused a run', () => {
  it('is told in Korean of what it writes today', () => {
    const tally = { generated: 10, skipped: 0, failed: 30, cancelled: 0, reasons: { INVALID_INPUT: 29, MODEL_TIMEOUT: 1 } };
    expect(told(reasonToPause(tally, { percent: 20, leastUsers: 10 }) ?? '')).toMatch(
      /^사용자 40명 가운데 30명이 실패.*INVALID_INPUT.*20%/u,
    );
  });

  it.each([
    ['12 of 40 users failed, most with INVALID_INPUT; at most 20 % may. Mend the cause, then resume the run.', /^사용자 40명 가운데 12명/u],
    ['Chunk 7 cannot be worked on, the database answers 42501. Run doctor, mend what it names, and resume the run.', /^청크 7을.*42501/u],
  ])('is told in Korean of what earlier releases wrote: %s', (reason, korean) => {
    expect(told(reason)).toMatch(korean);
  });

  it.each(Object.keys(PAUSES.english).map((code) => ({ code })))('is found again in the text that is kept: $code', ({ code }) => {
    const sentence = PAUSES.english[code as keyof typeof PAUSES.english];
    const places = [...sentence.matchAll(/\{(\w+)\}/gu)].map(([, name = '']) => name);
    const values = Object.fromEntries(places.map((name) => [name, VALUES[name] ?? `<${name}>`]));
    const said: Said = { group: PAUSES.group, code, values };
    expect(pauseTold(inWords(said, 'en'))).toEqual(said);
    expect(inWords(said, 'ko')).toMatch(/[가-힣]/u);
  });

  it.each(['REFUSED', 'UNFIT', 'RATE_LIMITED', 'OVERLOADED'] as const)(
    'is told in Korean of a model that is %s, with its status and without',
    (kind) => {
      for (const status of [undefined, 503]) {
        const korean = told(outageTold(new ModelFailure(kind, { status })).text);
        expect(korean).toMatch(/^언어 모델 서버가 [^{}]+$/u);
        expect(korean.includes('(HTTP 503)')).toBe(status === 503);
      }
    },
  );

  it('is told in Korean whole where it came so often that the run waits for an operator, whatever came', () => {
    const away = outageTold(new ModelFailure('OVERLOADED')).text;
    expect(told(reasonOfPause(away, MAX_GENERATOR_PAUSES - 1))).toBe(
      '언어 모델 서버가 응답하지 않습니다. 이 때문에 24번 멈췄으니 직접 재개하세요.',
    );
  });

  it.each(['점검', 'Chunk 7', '12 of 40 users failed', 'Chunk {chunk} cannot be worked on', ''])(
    'stays an operator’s own words: %j',
    (reason) => {
      expect(pauseTold(reason)).toBe(reason);
    },
  );
});
