import { describe, expect, it } from '@jest/globals';
import { refusedOffers } from '../../../src/domain/advice/catalogue/refused-offers.js';
import { refusedFoodsOf } from '../../../src/domain/advice/refused-foods.js';
import { catalogue } from './advice-fixture.js';

/** Dishes that the writer of a text is offered. */
function offeredTo(text: string): ReadonlySet<string> {
  const said = refusedFoodsOf(text);
  const barred = said && refusedOffers(catalogue, said).barred;
  return new Set(catalogue.offers.flatMap(({ dish }, at) => (barred?.[at] === 1 ? [] : (catalogue.dishes[dish]?.nameKo ?? []))));
}

/** Whether a text is told as not understood. */
const isUnread = (text: string): boolean => {
  const said = refusedFoodsOf(text);
  return said !== undefined && refusedOffers(catalogue, said).isUnread;
};

describe('A dish that is refused by its name', () => {
  it.each([
    ['설렁탕 못 먹어요', '설렁탕', '곰탕'],
    ['곰탕은 싫어요', '곰탕', '설렁탕'],
    ['미역국 싫어해요', '미역국', '달걀국'],
    ['스테이크 싫어요', '소고기안심스테이크', '소고기편육'],
    ['장조림 못먹어요', '소고기장조림', '소고기편육'],
    ['갈비탕 알레르기', '갈비탕', '설렁탕'],
    ['잡채랑 수육은 안 먹어요', '채소소금잡채', '돼지안심구이'],
    ['생강차 싫어요', '무가당 생강차', '녹차'],
    ['I hate omelette', '달걀말이', '삶은달걀'],
    ['no steak please', '소고기안심스테이크', '소고기편육'],
  ])('%s: is not offered, others are', (text, refused, other) => {
    const [all, offered] = [offeredTo(''), offeredTo(text)];
    expect([all.has(refused), offered.has(refused), offered.has(other)]).toEqual([true, false, true]);
  });

  it('is none of those whose names hold a word of how they are cooked, or the name of a food', () => {
    expect(offeredTo("I can't eat grilled food")).toEqual(offeredTo(''));
    expect(offeredTo('소금 적게 넣어 주세요')).toEqual(offeredTo(''));
  });

  it('stays one that is not understood where it must be avoided: what is in it that is not borne is not known', () => {
    expect([isUnread('갈비탕 알레르기'), isUnread('갈비탕 싫어요')]).toEqual([true, false]);
  });
});
