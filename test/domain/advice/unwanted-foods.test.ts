import { describe, expect, it } from '@jest/globals';
import { allergensSaid } from '../../../src/domain/advice/food-allergies.js';
import { preferencesOf } from '../../../src/domain/advice/food-preferences.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { addDays, localDate } from '../../../src/domain/local-date.js';
import { advised, engineIn, english, idOf, korean, patient, vocabulary } from './advice-fixture.js';

const LUNCH = 1;

interface Eater {
  readonly text?: string;
  readonly age?: number | null;
  /** -1 for a snack. */
  readonly meal?: number;
}

/** Everything that a fortnight says of one food, and by which points. Barley, which is moderate, is had with it: where all is low nothing is praised by its name. */
function saidOf(name: string, grams: number, { text = '', age = null, meal = LUNCH }: Eater, tongue = korean) {
  const days = Array.from({ length: 14 }, (_, day) =>
    advised(
      patient({
        recordDate: addDays(localDate('2026-03-01'), day),
        today: [idOf(name), idOf('보리밥')],
        amounts: [grams, 210],
        mealsEaten: [meal, LUNCH],
        allergens: allergensSaid(text),
        profile: {
          skips: [false, false, false],
          waterMl: null,
          age,
          preferences: preferencesOf(text),
          refuses: refusedFoodsOf(text),
        },
      }),
      engineIn(tongue),
    ),
  );
  const points = days.map((each) => new Set(each.points.map(({ point }) => vocabulary.points[point]?.id ?? '')));
  return {
    text: days.map(({ dietEvaluation, dietTarget }) => `${dietEvaluation}\n${dietTarget.Summary}`).join('\n'),
    days: (id: string): number => points.filter((each) => each.has(id)).length,
  };
}

describe('A food that a patient does not eat, or must not, and that was recorded', () => {
  it.each<[said: string, dish: string, grams: number]>([
    ['소고기 알레르기', '소고기뭇국', 400],
    ['allergic to chicken', '닭곰탕', 500],
    ['오리고기 알레르기', '오리소금구이', 400],
    ['가지 알레르기', '가지나물', 140],
    ['비건이에요', '소고기뭇국', 400],
  ])('(%s: %s) is not recommended cooked otherwise', (text, dish, grams) => {
    const isTold = ({ text: all }: { text: string }): boolean => new RegExp(`${dish}’[^.]* 없이 만`, 'u').test(all);
    expect([isTold(saidOf(dish, grams, {})), isTold(saidOf(dish, grams, { text }))]).toEqual([true, false]);
  });

  it.each([
    ['귤 알레르기', 90, 'PRAISE_LOW_FODMAP'],
    ['귤 싫어해요', 270, 'SMALLER_PORTION'],
  ])('(%s) is neither praised nor recommended in less', (text, grams, point) => {
    expect([saidOf('귤', grams, {}).days(point) > 0, saidOf('귤', grams, { text }).days(point)]).toEqual([true, 0]);
  });

  it('is rice cake soup for a patient of seventy: no word tells to cook it, or to eat it in place of a meal', () => {
    expect(saidOf('소고기떡국', 500, { age: 60 }).text).toMatch(/소고기떡국’[^.]* 없이 만/u);
    const old = saidOf('소고기떡국', 500, { age: 70 });
    expect([/떡국’[^.]* 없이 만|떡국은 한 상/u.test(old.text), old.text.includes('한 상 대신')]).toEqual([false, true]);
    const inEnglish = saidOf('소고기떡국', 500, { age: 70 }, english).text;
    expect([inEnglish.includes('rice cake'), inEnglish.includes('A bowl such as noodles')]).toEqual([false, true]);
  });
});

describe('More of a low food than its serving, at no meal that is known', () => {
  it.each([
    ['귤', 270, /‘귤’[^.]*90 g까지/u],
    ['딸기', 400, /‘딸기’[^.]*65 g까지/u],
  ])('(%s, %d g as a snack) is told how much of it is low', (name, grams, told) => {
    const snack = saidOf(name, grams, { meal: -1 });
    expect([snack.days('SMALLER_SERVING'), snack.days('SMALLER_PORTION')]).toEqual([14, 0]);
    expect(snack.text).toMatch(told);
    const lunch = saidOf(name, grams, {});
    expect([lunch.days('SMALLER_SERVING'), lunch.days('SMALLER_PORTION')]).toEqual([0, 14]);
  });
});
