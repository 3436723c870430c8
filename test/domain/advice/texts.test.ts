import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { dietFiguresOf } from '../../../src/domain/advice/diet-figures.js';
import { allergenBit } from '../../../src/domain/advice/patient-inputs.js';
import { createRuleEngine } from '../../../src/domain/advice/rule-engine.js';
import { stepFigure } from '../../../src/domain/advice/step-figure.js';
import { advised, anyPatient, book, catalogue, idOf, patient } from './advice-fixture.js';

const korean = createRuleEngine(catalogue, 'ko');
const english = createRuleEngine(catalogue, 'en');
const ate = (...names: string[]) => patient({ today: names.map(idOf), recent: names.map(idOf) });
const summary = (allergens: number) => advised(patient({ allergens }), korean).dietTarget.Summary;
const sentences = (text: string) => text.split(/(?<=[.!?])\s/u).length;

describe('Texts', () => {
  it('are whole sentences in both languages for every patient', () => {
    fc.assert(
      fc.property(anyPatient, (inputs) => {
        for (const engine of [korean, english]) {
          const { dietEvaluation, exerciseEvaluation, dietTarget } = advised(inputs, engine);
          for (const text of [dietEvaluation, exerciseEvaluation, dietTarget.Summary]) {
            expect(text).toMatch(/^\S.*[.]$/u);
            expect(text).not.toMatch(/undefined|null|NaN|Infinity|object|\s{2}|,,| [.,]/u);
          }
          expect(sentences(dietEvaluation)).toBeLessThanOrEqual(3);
        }
        const inEnglish = advised(inputs, english).exerciseEvaluation;
        expect(inEnglish).toMatch(/goal/u);
        expect(inEnglish).not.toMatch(/[가-힣]/u);
      }),
      { numRuns: 300 },
    );
  });

  it('count what was eaten and name a food to swap, in Korean', () => {
    expect(advised(ate('쌀밥', '라면', '김치찌개', '배추김치'), korean).dietEvaluation).toBe(
      '드신 음식 4가지 중 저FODMAP이 1가지, 중간이 1가지, 고FODMAP이 2가지예요. ' +
        '‘라면’을 비롯해 하나씩 저FODMAP 음식으로 바꿔 보세요. 식이섬유는 수용성과 불용성을 고루 드셨어요.',
    );
  });

  it('count what was eaten and name a food to swap, in English', () => {
    expect(advised(ate('쌀밥', '우유'), english).dietEvaluation).toBe(
      'You recorded 2 foods: 1 low in FODMAPs and 1 high in FODMAPs. Try a low-FODMAP dish in place of “우유”. ' +
        'Your fibre was mostly insoluble, so consider adding potato or carrot.',
    );
  });

  it('give the particle that the name of the food asks for', () => {
    expect(advised(ate('우유'), korean).dietEvaluation).toContain('‘우유’를');
    expect(advised(ate('수박'), korean).dietEvaluation).toContain('‘수박’을');
  });

  it('praise a day of LOW foods alone', () => {
    expect(advised(ate('쌀밥', '두부구이'), korean).dietEvaluation).toMatch(/^드신 음식 2가지 모두 저FODMAP이에요\. 잘 고르셨으니/u);
    expect(advised(ate('쌀밥', '두부구이'), english).dietEvaluation).toMatch(/^All 2 foods you recorded are low in FODMAPs\. Well chosen/u);
  });

  it('do not praise or blame what nobody has classified', () => {
    const text = advised(patient({ today: [9_999], recent: [9_999] }), english).dietEvaluation;
    expect(text).toContain('None of it is classified yet');
    expect(advised(patient(), korean).dietEvaluation).toBe('기록된 음식이 없어 식단은 평가하지 않았어요.');
  });

  it('name level, regularity and goal of the steps', () => {
    const walker = patient({ steps: [2_000, 4_000, 2_000, 4_000, 2_000, 4_000, 3_000] });
    expect(advised(walker, korean).exerciseEvaluation).toBe(
      '최근 7일 하루 평균 3,000보로 기준 6,000보에 조금 못 미쳤어요. 걸음 수는 조금 들쭉날쭉해요. ' +
        '다음 목표는 하루 3,300보로, 무리 없게 조금만 늘렸어요.',
    );
    expect(advised(walker, english).exerciseEvaluation).toMatch(
      /3,000 steps a day over 7 recorded days, somewhat below.*somewhat irregular.*goal is/u,
    );
  });

  it('start gently with someone who has not walked', () => {
    expect(advised(patient({ steps: [0, 0, 0, 0] }), korean).exerciseEvaluation).toBe(
      '최근 기록 4일 동안 걸음이 거의 없었어요. 다음 목표는 하루 1,000보이니 가볍게 시작해 보세요.',
    );
  });

  it('tell those who avoid gluten or soy to season with salt, and nobody else', () => {
    expect(summary(allergenBit('SOY'))).toContain('간장과 된장 대신 소금으로');
    expect(summary(allergenBit('GLUTEN'))).toContain('간장과 된장 대신 소금으로');
    const others = summary(allergenBit('EGG'));
    expect(others).toMatch(/[가-힣].*[.]$/u);
    expect(others).not.toContain('간장');
  });

  it('tell which categories ran dry', () => {
    const porridges = catalogue.foods.flatMap((food, index) => (food.category === 'PORRIDGE' ? [index + 1] : []));
    const noodles = catalogue.foods.flatMap((food, index) => (food.category === 'NOODLE' ? [index + 1] : []));
    const dry = patient({ recent: [...porridges, ...noodles] });
    expect(advised(dry, korean).shortages).toEqual(['BREAKFAST_PORRIDGE', 'LUNCH_NOODLE', 'DINNER_PORRIDGE']);
    expect(advised(dry, korean).dietTarget.Summary).toContain('죽, 면 요리가 모자라');
    expect(advised(dry, english).dietTarget.Summary).toContain('fewer porridges and noodle dishes than planned');
  });
});

describe('The figures of a day', () => {
  it('count a food once, however many meals had it', () => {
    const rice = idOf('쌀밥');
    expect(dietFiguresOf([rice, rice, idOf('라면')], book)).toMatchObject({ foods: 2, low: 1, high: 1, highFood: '라면' });
  });

  it('count kinds of fibre, sources of fibre and foods that IBSafe deleted', () => {
    const day = [idOf('귀리밥'), idOf('쌀밥'), idOf('콩자반'), 9_999];
    expect(dietFiguresOf(day, book)).toMatchObject({ soluble: 1, insoluble: 1, bothFibres: 1, fibreSources: 1, unknown: 1 });
  });
});

it.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [12_034, '12,034'],
  [200_000, '200,000'],
])('Steps %i are written %s', (steps, text) => expect(stepFigure(steps)).toBe(text));
