import { describe, expect, it } from '@jest/globals';
import { decode, encode } from '../../src/eventlog/codec.js';

const plain = { interventionId: 1, generator: 'RULES', attempts: 1, durationMs: 0 };
const hash = 'a'.repeat(64);
const full = {
  ...plain,
  fallbackOf: 'LLM',
  fallbackReason: 'UNSAFE_ADVICE',
  tokens: 30,
  tokensIn: 20,
  tokensOut: 10,
  costMicros: 7,
  violations: ['ALLERGEN', 'MARKUP'],
  promptVersion: 'daily-1',
  model: 'gpt-oss:20b',
  inputsHash: hash,
  responseHash: hash,
};

describe('An outcome in the log', () => {
  it('may say how a model was asked, and need not: outcomes from before there was one are read as ever', () => {
    expect(encode('InterventionGenerated', full)).toEqual(full);
    expect(decode('InterventionGenerated', plain)).toEqual(plain);
    const failed = { code: 'UNSAFE_ADVICE', retryable: true, attempts: 2 };
    expect(encode('UserFailed', { ...failed, tokensIn: 20, violations: ['ALLERGEN'] })).toEqual({
      ...failed,
      tokensIn: 20,
      violations: ['ALLERGEN'],
    });
  });

  it.each([
    ['model', 'the patient is called Kim'],
    ['promptVersion', 'Daily 1'],
    ['violations', ['마늘']],
    ['fallbackReason', 'because'],
    ['inputsHash', 'short'],
    ['responseHash', '{"breakfast":[]}'],
    ['answer', 'anything'],
  ])('has no room for words in `%s`', (field, value) => {
    expect(() => encode('InterventionGenerated', { ...full, [field]: value })).toThrow(/another shape/u);
  });
});
