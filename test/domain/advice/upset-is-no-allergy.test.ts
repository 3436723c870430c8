import { describe, expect, it } from '@jest/globals';
import { allergensSaid, upsetsSaid } from '../../../src/domain/advice/food-allergies.js';
import { ALLERGENS } from '../../../src/domain/advice/restrictions.js';
import { advised, catalogue, engineIn, english, idOf, patient } from './advice-fixture.js';

const names = (bits: number): string => [...ALLERGENS, 'LACTOSE'].filter((_, bit) => (bits & (1 << bit)) !== 0).join();
/** What must be avoided, and what of it only upsets. */
const read = (text: string): [avoided: string, upsets: string] => [names(allergensSaid(text)), names(upsetsSaid(text))];

describe('A food that upsets the gut', () => {
  it.each([
    ['우유 먹으면 배 아파요', 'LACTOSE', ''],
    ['우유 마시면 배가 너무 아파요', 'LACTOSE', ''],
    ['우유 마시면 속이 더부룩하고 설사해요', 'LACTOSE', ''],
    ['우유는 소화가 안 돼요', 'LACTOSE', ''],
    ['milk gives me gas', 'LACTOSE', ''],
    ['milk upsets my stomach', 'LACTOSE', ''],
    ['유제품 먹으면 설사해요', 'MILK', 'MILK'],
    ['치즈 먹으면 배탈 나요', 'MILK', 'MILK'],
    ['계란 먹으면 설사해요', 'EGG', 'EGG'],
    ['땅콩, 계란 먹으면 배 아파요', 'NUT,EGG', 'NUT,EGG'],
    ['밀가루 먹으면 배에 가스가 차요', 'GLUTEN', 'GLUTEN'],
    ['새우 먹고 나서 복통', 'SEAFOOD', 'SEAFOOD'],
    ['두부 먹으면 가스 차요', 'SOY', 'SOY'],
    ['bread makes me bloated', 'GLUTEN', 'GLUTEN'],
    ['우유 먹으면 배 아파요. 계란 알레르기', 'EGG,LACTOSE', ''],
  ])('is avoided, and is no allergy: %s', (text, avoided, upsets) => expect(read(text)).toEqual([avoided, upsets]));

  it.each([
    ['우유 먹으면 두드러기가 나요', 'MILK'],
    ['우유 먹으면 배 아프고 두드러기', 'MILK'],
    ['우유 먹으면 토하고 설사해요', 'MILK'],
    ['우유 마시면 목이 붓고 배가 아파요', 'MILK'],
    ['우유 먹으면 배 아파요. 우유 알레르기 있어요', 'MILK'],
    ['우유 알레르기라 먹으면 배 아파요', 'MILK'],
    ['우유 못 마셔요', 'MILK'],
    ['우유 마시면 배 아파서 못 마셔요', 'MILK'],
    ['우유가 안 맞아요', 'MILK'],
    ['계란 먹으면 아파요', 'EGG'],
    ['땅콩 먹으면 숨이 차요', 'NUT'],
    ['우유 먹으면 배 아파요. 목도 부어요', 'MILK'],
    ['새우 먹고 배 아프고 아나필락시스 왔어요', 'SEAFOOD'],
    ['새우 먹으면 입 안이 가렵고 배 아파요', 'SEAFOOD'],
    ['eggs give me hives and cramps', 'EGG'],
    ['peanut allergy, makes me bloated', 'NUT'],
  ])('is an allergy where the text tells of more, or of neither for certain: %s', (text, flag) => {
    const [avoided, upsets] = read(text);
    expect(avoided.split(',')).toContain(flag);
    expect(upsets).toBe('');
  });

  it('is in no dish offered and told where it was eaten, without the call to an ambulance', () => {
    const today = [idOf('달걀찜')];
    for (const text of ['계란 먹으면 설사해요', '계란 먹으면 두드러기가 나요']) {
      const [allergens, upsets] = [allergensSaid(text), upsetsSaid(text)];
      const said = advised(patient({ today, recent: today, allergens, upsets }));
      const isAllergy = text.includes('두드러기');
      expect([text, said.dietEvaluation.includes('119')]).toEqual([text, isAllergy]);
      expect(said.dietEvaluation).toContain('‘달걀찜’(달걀)');
      expect(advised(patient({ today, recent: today, allergens, upsets }), engineIn(english)).dietEvaluation.includes('119')).toBe(
        isAllergy,
      );
      expect(said.offers.filter((place) => ((catalogue.offers[place]?.judged.restrictions ?? 0) & allergens) !== 0)).toEqual([]);
    }
  });
});
