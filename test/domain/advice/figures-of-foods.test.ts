import { describe, expect, it } from '@jest/globals';
import { eatenFoodsOf } from '../../../src/domain/advice/eaten-food.js';
import { dayFiguresOf } from '../../../src/domain/advice/day-figures.js';
import { foodBookOf } from '../../../src/domain/advice/food-book.js';
import { withParticle, PARTICLES } from '../../../src/domain/advice/korean-particles.js';
import { FACTS } from '../../../src/domain/advice/points/facts.js';
import { advised, catalogue, engineIn, english, idOf, patient, row } from './advice-fixture.js';

const names = ['우유', '수박', '복숭아', '꿀', '밤', '라면 사리', '호두', '사과'];
const foods = foodBookOf(names.map((foodName, at) => row(8_001 + at, { foodName })), catalogue); // prettier-ignore

const classOf = (name: string, grams: number): string | undefined =>
  eatenFoodsOf(patient({ today: [8_001 + names.indexOf(name)], amounts: [grams] }), foods)[0]?.fodmap;

describe('The class of an amount', () => {
  it('lets a patient have milk in their coffee, and calls a glass of it high', () => {
    expect([classOf('우유', 20), classOf('우유', 60), classOf('우유', 200)]).toEqual(['LOW', 'HIGH', 'HIGH']);
  });

  it('is high of fruit by the plate, and moderate of what lies between: a wedge of watermelon is no food to have a little less of', () => {
    expect([classOf('수박', 15), classOf('수박', 20), classOf('수박', 200)]).toEqual(['LOW', 'MODERATE', 'HIGH']);
    expect([classOf('복숭아', 30), classOf('복숭아', 150)]).toEqual(['LOW', 'HIGH']);
  });

  it.each([
    ['수박', [15, 16, 30, 31, 150], ['LOW', 'MODERATE', 'MODERATE', 'HIGH', 'HIGH']],
    ['호두', [30, 31, 74, 75, 150], ['LOW', 'MODERATE', 'MODERATE', 'HIGH', 'HIGH']],
    ['사과', [20, 25, 26, 150], ['MODERATE', 'MODERATE', 'HIGH', 'HIGH']],
  ] as const)('is that of the sources for %s, to the gram: %j are %j', (name, amounts, classes) => {
    expect(amounts.map((grams) => classOf(name, grams))).toEqual(classes);
  });

  it('is that of the sources for honey, chestnuts and the noodles of ramyeon', () => {
    expect([classOf('꿀', 7), classOf('꿀', 14), classOf('꿀', 28)]).toEqual(['LOW', 'MODERATE', 'HIGH']);
    expect([classOf('밤', 60), classOf('밤', 90)]).toEqual(['LOW', 'MODERATE']);
    expect(classOf('라면 사리', 110)).toBe('HIGH');
  });
});

describe('Fibre of a day', () => {
  const eaten = foodBookOf([row(1, { foodName: '김' }), row(2, { foodName: '쌀밥', foodCode: 'IBS-0001' })], catalogue);
  const figures = (amounts: readonly number[]): ReturnType<typeof dayFiguresOf> => {
    const inputs = patient({ today: [1, 2], amounts });
    return dayFiguresOf(inputs, eatenFoodsOf(inputs, eaten), eaten);
  };

  it('leaves out a food without an amount that has no usual serving: a sheet of laver is no 36 g of it', () => {
    expect([figures([0, 200]).fibreGrams < 3, figures([0, 200]).fibreSources]).toEqual([true, 0]);
    expect(figures([100, 200]).fibreGrams).toBeGreaterThan(30);
    expect(figures([0, 0]).fibreGrams).toBe(figures([0, 210]).fibreGrams); // a usual serving of rice
  });
});

describe('Ramyeon', () => {
  it('is high by its noodles', () => {
    const [ramyeon] = eatenFoodsOf(patient({ today: [1] }), foodBookOf([row(1, { foodName: '라면' })], catalogue));
    expect([ramyeon?.fodmap, ramyeon?.cause?.id]).toEqual(['HIGH', 'ramyeon-noodles']);
  });
});

const after = (word: string, pair: (typeof PARTICLES)[number] | undefined): string => withParticle(word, '', pair ?? ['', '', '']);

describe('A figure in a text', () => {
  it('is grouped as people write it', () => {
    const water = FACTS.get('person.water')?.written;
    const scene = {} as Parameters<NonNullable<typeof water>>[2];
    expect([900, 1_200, 10_005].map((ml) => water?.(ml, 'ko', scene))).toEqual(['900', '1,200', '10,005']);
  });

  it('takes the particle of how it is read', () => {
    const [object, , topic, , by] = PARTICLES;
    expect(['세트 3', '세트 2', '비타민 B12', '세트 10'].map((word) => after(word, object))).toEqual(['을', '를', '를', '을']);
    expect(['세트 7', '세트 6', '세트 9'].map((word) => after(word, by))).toEqual(['로', '으로', '로']);
    expect(after('세트 100', topic)).toBe('은');
  });
});

describe('What is left out of all dishes', () => {
  it('is listed in English as people list things', () => {
    const { dietTarget } = advised(patient({ today: [idOf('쌀밥')] }), engineIn(english));
    expect(dietTarget.Summary).toMatch(/garlic, onion, scallion whites and kelp\./u);
  });
});

describe('The serving beside a name', () => {
  it('does not say the name again', () => {
    const again = catalogue.dishes.flatMap(({ nameKo, servingKo, nameEn, servingEn }) => {
      const said = servingEn.split(' ').filter((word) => word.length > 3 && nameEn.toLowerCase().split(' ').includes(word));
      return servingKo.split(' ').some((word) => word.length > 1 && nameKo.includes(word)) || said.length > 0 ? [nameKo] : [];
    });
    expect(again.filter((name) => !['사과', '참외', '가래떡'].includes(name))).toEqual([]);
  });
});
