import { describe, expect, it } from '@jest/globals';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { isBowlSoup } from '../../../src/domain/advice/catalogue/dish-kinds.js';
import { profileOf } from '../../../src/records/profile-columns.js';
import { advised, catalogue, engineIn, english, korean, patient } from './advice-fixture.js';

const DAY = localDate('2026-03-01');

/** Sentences of a summary that name a kind of dish, and what has to be offered for them. */
const NAMED: readonly (readonly [said: RegExp, kind: 'NOODLES' | 'BOWL' | 'MEAT'])[] = [
  [/국수 같은|noodles/u, 'NOODLES'],
  [/곡류가 든 국|soup with grain/u, 'BOWL'],
  [/고기의 기름|고기 기름|trim fat|trim meat/u, 'MEAT'],
];

describe('A sentence that names a kind of dish', () => {
  it.each([
    ['당뇨가 있고 고혈압이에요', korean],
    ['diabetes and high blood pressure', english],
    ['당뇨가 있어요', korean],
    ['비건이고 고지혈증', korean],
    ['vegan, high cholesterol', english],
    ['면 싫어요', korean],
    ['떡 못 먹고 면 싫어요', korean],
    [null, korean],
  ])('is said where one is offered alone: %s', (text, tongue) => {
    const said = Array.from({ length: 21 }, (_, at) => {
      const recordDate = addDays(DAY, at);
      const { offers, dietTarget } = advised(patient({ recordDate, profile: profileOf([0, null, null, text, null], recordDate) }), engineIn(tongue)); // prettier-ignore
      const dishes = offers.flatMap((place) => catalogue.dishes[catalogue.offers[place]?.dish ?? -1] ?? []);
      const offered = {
        NOODLES: dishes.some(({ category }) => category === 'NOODLE'),
        BOWL: dishes.some(isBowlSoup),
        MEAT: dishes.some(({ recipe }) => recipe.some(({ ingredient }) => ingredient.group === 'MEAT')),
      };
      const untrue = NAMED.filter(([words, kind]) => words.test(dietTarget.Summary) && !offered[kind]).map(([, kind]) => kind);
      expect(untrue).toEqual([]);
      expect(dietTarget.Summary).toMatch(/한 상|go together|Eat the first/u);
      return { offered, isNamed: NAMED[0]?.[0].test(dietTarget.Summary) === true };
    });
    if (text === null)
      expect(said.every(({ isNamed, offered }) => isNamed === offered.NOODLES) && said.some(({ isNamed }) => isNamed)).toBe(true);
    if (text === '면 싫어요') expect(said.some(({ isNamed }) => isNamed)).toBe(false);
  });
});
