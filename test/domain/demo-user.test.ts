import { describe, expect, it } from '@jest/globals';
import { ALLERGENS, allergenBit } from '../../src/domain/advice/restrictions.js';
import { localDate } from '../../src/domain/local-date.js';
import { ALLERGY_SHARES, LACTOSE_INTOLERANCE_SHARE } from '../../src/demo/demo-profile.js';
import { LAST_DAY_SHARES, demoUser, type DemoUser } from '../../src/demo/demo-user.js';
import { demoPlan } from '../../src/demo/demo-plan.js';
import { allergensOf, demoParameters } from './demo-fixture.js';

const UNTIL = localDate('2026-05-01');
const CROWD_SIZE = 20_000;
const plan = demoPlan(demoParameters());
const crowd = Array.from({ length: CROWD_SIZE }, (_, index) => demoUser(plan, index + 1));

function shareOf(holds: (user: DemoUser) => boolean): number {
  return crowd.filter(holds).length / CROWD_SIZE;
}

const different = (keys: readonly string[]): number => new Set(keys).size;

/** Four standard deviations of a share in a crowd of this size: the seed is fixed, so a test passes for ever or never. */
function expectShare(found: number, share: number): void {
  expect(Math.abs(found - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / CROWD_SIZE));
}

describe('a demo patient', () => {
  it('is the same whenever made from the same seed and number, and another under another seed', () => {
    expect(demoUser(demoPlan(demoParameters()), 7)).toEqual(crowd[6]);
    expect(demoUser(demoPlan(demoParameters({ seed: 2 })), 7)).not.toEqual(crowd[6]);
  });

  it('does not depend on how many others there are', () => {
    expect(demoUser(demoPlan(demoParameters({ users: 1 })), 7)).toEqual(crowd[6]);
  });

  it('has the same last days in a demo with a longer history', () => {
    const long = demoPlan(demoParameters({ days: 40 }));
    const first = plan.days[0]?.date ?? UNTIL;
    for (const user of crowd.slice(0, 200)) {
      const { food, exercise, sleep, ...person } = demoUser(long, user.id);
      const lately = <T extends { date: string }>(records: readonly T[]) => records.filter(({ date }) => date >= first);
      expect({ ...person, food: lately(food), exercise: lately(exercise), sleep: lately(sleep) }).toEqual(user);
      expect(food.length).toBeGreaterThan(user.food.length);
    }
  });

  it('cannot be taken for a real person, nor signed in to', () => {
    for (const { id, account, profile } of crowd.slice(0, 500)) {
      expect(account.username).toBe(`demo-${String(id).padStart(6, '0')}`);
      expect(account.email).toBe(`${account.username}@example.invalid`);
      expect(profile?.phoneNumber ?? '010-0000-0000').toMatch(/^010-0000-\d{4}$/);
    }
  });

  it('eats nothing it is allergic to while there is something else, and eats all the same where there is not', () => {
    const allergic = crowd.filter(({ profile }) => (profile?.allergies ?? 0) > 0);
    const eaten = allergic.flatMap(({ profile, food }) =>
      food.flatMap(({ foodId }) => allergensOf(foodId)).filter((allergen) => ((profile?.allergies ?? 0) & allergenBit(allergen)) !== 0),
    );
    expect(allergic.length).toBeGreaterThan(1_000);
    expect(eaten).toEqual([]);

    const onlyWheat = demoPlan(demoParameters({ foods: demoParameters().foods.slice(2, 3) }));
    expect(crowd.slice(0, 500).every(({ id, food }) => food.length === 0 || demoUser(onlyWheat, id).food.length > 0)).toBe(true);
  });

  it('records a food at most once a meal and day, and steps and sleep at most once a day', () => {
    const some = crowd.slice(0, 3_000);
    expect(some.map(({ food }) => different(food.map(({ date, meal, foodId }) => `${date} ${meal} ${foodId}`)))).toEqual(some.map(({ food }) => food.length)); // prettier-ignore
    expect(some.map(({ exercise }) => different(exercise.map(({ date }) => date)))).toEqual(some.map(({ exercise }) => exercise.length));
    expect(some.map(({ sleep }) => different(sleep.map(({ date }) => date)))).toEqual(some.map(({ sleep }) => sleep.length));
  });

  it('records plausible figures', () => {
    const food = crowd.flatMap((user) => user.food);
    const steps = crowd.flatMap((user) => user.exercise.map(({ currentSteps }) => currentSteps));
    expect(food.every(({ foodId, amount }) => foodId >= 1 && foodId <= plan.foods.length && amount >= 50 && amount <= 400)).toBe(true);
    expect(steps.every((count) => Number.isInteger(count) && count >= 0 && count < 25_000)).toBe(true);
    expect(crowd.every(({ profile }) => (profile?.weight ?? 60) > 25 && (profile?.weight ?? 60) < 150)).toBe(true);
    const foodsADay = food.length / (CROWD_SIZE * plan.days.length);
    expect(foodsADay).toBeGreaterThan(5);
    expect(foodsADay).toBeLessThan(8);
  });
});

describe('the last day of a demo', () => {
  it('leaves each reason for a skip its share of the patients, and four in five with all that a run needs', () => {
    for (const { lastDay, share } of LAST_DAY_SHARES)
      expectShare(
        shareOf((user) => user.lastDay === lastDay),
        share,
      );
    expectShare(
      shareOf((user) => user.lastDay === 'READY'),
      0.805,
    );
  });

  it('has the records that its kind says, and no others', () => {
    const wrong = crowd.filter(({ lastDay, food, exercise, profile, interventionOn }) => {
      const has = [food.some(({ date }) => date === UNTIL), exercise.some(({ date }) => date === UNTIL), profile !== null, interventionOn];
      const says = [
        lastDay !== 'NO_FOOD' && lastDay !== 'NO_RECORDS',
        lastDay !== 'NO_EXERCISE' && lastDay !== 'NO_RECORDS',
        lastDay !== 'NO_PROFILE',
        lastDay === 'HAS_INTERVENTION' ? UNTIL : null,
      ];
      return has.some((each, at) => each !== says[at]);
    });
    expect(crowd.length).toBeGreaterThan(3_000);
    expect(wrong.map(({ id, lastDay }) => [id, lastDay])).toEqual([]);
  });

  it('is the only day of a demo of one day', () => {
    const day = demoPlan(demoParameters({ days: 1 }));
    const user = demoUser(day, crowd.find(({ lastDay }) => lastDay === 'READY')?.id ?? 0);
    expect(new Set([...user.food, ...user.exercise].map(({ date }) => date))).toEqual(new Set([UNTIL]));
  });
});

describe('the crowd of a demo', () => {
  it('has its share of closed accounts, staff and allergies', () => {
    expectShare(
      shareOf(({ account }) => !account.isActive),
      0.03,
    );
    expectShare(
      shareOf(({ account }) => account.isStaff),
      0.01,
    );
    const withProfile = shareOf(({ profile }) => profile !== null);
    expectShare(shareOf(({ profile }) => profile?.lactoseIntolerance === true) / withProfile, LACTOSE_INTOLERANCE_SHARE);
    for (const allergen of ALLERGENS) {
      const share = shareOf(({ profile }) => ((profile?.allergies ?? 0) & allergenBit(allergen)) !== 0);
      expectShare(share / withProfile, ALLERGY_SHARES[allergen]);
    }
  });

  it('walks in every way the advice tells apart, with gaps in the week', () => {
    const means = crowd.map(({ exercise }) => exercise.reduce((sum, { currentSteps }) => sum + currentSteps, 0) / exercise.length);
    const between = (from: number, to: number) => means.filter((mean) => mean >= from && mean < to).length / CROWD_SIZE;
    expect(between(0, 3_000)).toBeGreaterThan(0.15);
    expect(between(3_000, 5_100)).toBeGreaterThan(0.15);
    expect(between(5_100, 6_600)).toBeGreaterThan(0.1);
    expect(between(6_600, 25_000)).toBeGreaterThan(0.1);
    expect(shareOf(({ lastDay, exercise }) => lastDay === 'READY' && exercise.length < plan.days.length)).toBeGreaterThan(0.2);
  });
});

describe('the parameters of a demo', () => {
  it.each([
    ['users', { users: 0 }],
    ['users', { users: 1.5 }],
    ['days', { days: 3_651 }],
    ['seed', { seed: Number.NaN }],
    ['food', { foods: [] }],
    ['same code', { foods: [...demoParameters().foods, ...demoParameters().foods] }],
  ])('are refused by name: %s', (name, change) => {
    expect(() => demoPlan(demoParameters(change))).toThrow(name);
  });
});
