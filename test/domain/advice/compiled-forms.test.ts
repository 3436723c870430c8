import { describe, expect, it } from '@jest/globals';
import { eatenFoodsOf, type EatenFood } from '../../../src/domain/advice/eaten-food.js';
import { FoodTable } from '../../../src/domain/advice/food-book.js';
import type { FoodFacts } from '../../../src/domain/advice/patient-inputs.js';
import { holdsOf } from '../../../src/domain/advice/points/condition.js';
import { FACTS, patientValues } from '../../../src/domain/advice/points/facts.js';
import { PointTests } from '../../../src/domain/advice/points/point-tests.js';
import { conditionOf } from '../../../src/domain/advice/points/read-condition.js';
import type { Scene } from '../../../src/domain/advice/points/scene.js';
import { spokenPoints, turnOf } from '../../../src/domain/advice/points/tell.js';
import { say } from '../../../src/domain/advice/points/wording.js';
import { book, english, korean, patient, vocabulary } from './advice-fixture.js';
import { scenesOfOneFood, someScene } from './scenes.js';

const SCENES = 60;

function* allScenes(): Generator<Scene> {
  for (let number = 0; number < SCENES; number++) yield someScene(number);
  yield* scenesOfOneFood([110]);
}

/** A scene with nothing remembered of it, so that the plain rule is asked anew. */
function fresh(scene: Scene): Scene {
  const eatenFoods = scene.eatenFoods.map((food) => ({ ...food, values: undefined, askedBy: undefined }));
  const dishes = scene.dishes.map((dish) => ({ ...dish, values: undefined }));
  return { ...scene, eatenFoods, dishes, values: undefined };
}

/** A food as it is judged. */
function judged(id: number, amount: number, allergens: number, facts: FoodFacts): EatenFood | undefined {
  return eatenFoodsOf(patient({ today: [id], amounts: [amount], allergens }), new Map([[id, facts]]))[0];
}

describe('What is compiled for every patient says what the plain rule says:', () => {
  it('the facts about a patient, each at the place of its fact', () => {
    const facts = [...FACTS.values()].filter(({ scope }) => scope === 'PATIENT');
    for (const scene of allScenes()) {
      for (const each of [scene, { ...scene, sleep: null }, { ...scene, steps: null }]) {
        const values = patientValues(each);
        expect(values).toHaveLength(facts.length);
        expect(facts.map(({ name, place = -1 }) => [name, values[place]])).toEqual(facts.map(({ name, of }) => [name, of(each)]));
      }
    }
  });

  it('the conditions of the points, of a patient and of every food and dish', () => {
    for (let number = 0; number < SCENES; number++) {
      const [scene, plain] = [someScene(number), fresh(someScene(number))];
      vocabulary.points.forEach(({ id, when }, point) => {
        scene.eaten = scene.dish = plain.eaten = plain.dish = null;
        if (vocabulary.tests.holdOfPatient(point, scene) !== holdsOf(when.patient, plain))
          throw new Error(`${id} is true of the patient in one form only`);
        scene.eatenFoods.forEach((eaten, at) => {
          scene.eaten = eaten;
          plain.eaten = plain.eatenFoods[at] ?? null;
          if (vocabulary.tests.holdOfEaten(point, eaten, scene) !== holdsOf(when.eaten, plain))
            throw new Error(`${id} is true of food ${eaten.id} in one form only`);
          for (const [nth, dish] of scene.dishes.entries()) {
            scene.dish = dish;
            plain.dish = plain.dishes[nth] ?? null;
            if (vocabulary.tests.holdOfDish(point, dish, scene) !== holdsOf(when.dish, plain))
              throw new Error(`${id} is true of dish ${dish.place} in one form only`);
          }
        });
      });
    }
  });

  it('conditions at, below and above every figure, and of what is not known', () => {
    const facts = new Map([...FACTS].filter(([name]) => name.startsWith('day.')));
    const texts = [
      'day.low >= 2',
      'day.low > 2',
      'day.low < 2',
      'day.low <= 2 and day.high = 3',
      'day.low != 2 and day.low != 5',
      'day.high = 3 or day.low = 5',
      'not day.isFibreKnown and day.low = day.high',
    ];
    const points = texts.map((text) => ({
      ...(vocabulary.points[0] as (typeof vocabulary.points)[number]),
      when: conditionOf(text, facts),
    }));
    const tests = new PointTests(points);
    const base = someScene(1);
    for (const low of [Number.NaN, -1, 1.9, 2, 2.1, 3, 4.9, 5, 6]) {
      for (const high of [Number.NaN, 2, 3, 5]) {
        const scene = { ...base, day: { ...base.day, low, high }, values: undefined };
        expect(points.map((_, at) => tests.holdOfPatient(at, scene))).toEqual(points.map(({ when }) => holdsOf(when.patient, scene)));
      }
    }
  });

  it('the sentences, in both languages', () => {
    for (let number = 0; number < SCENES; number++) {
      const scene = someScene(number);
      for (const { language } of [korean, english]) {
        const spoken = spokenPoints(vocabulary, language);
        vocabulary.points.forEach(({ id, args, wordings }, point) => {
          scene.eaten = args.includes('eaten') ? (scene.eatenFoods[0] ?? null) : null;
          scene.dish = args.includes('dish') ? (scene.dishes[number % Math.max(1, scene.dishes.length)] ?? null) : null;
          const turn = turnOf(point, scene, wordings[language].length);
          const [said, plain] = [spoken.sentenceOf(point, scene), say(wordings[language][turn] ?? [], scene, language)];
          if (spoken.turnOf(point, scene) !== turn || said !== plain)
            throw new Error(`${id} is said as ${said}, and its wording as ${plain}`);
        });
      }
    }
  });

  it('judged foods, whoever ate them before', () => {
    for (const facts of [...book.values()].slice(0, 60)) {
      for (const allergens of [0, 1, 64, 127])
        for (const amount of [100, 100.25, 100.5, 3_000, 0, 0.01]) {
          const known = judged(7, amount, allergens, facts);
          expect({ ...known, values: undefined, askedBy: undefined }).toEqual(judged(7, amount, allergens, { ...facts }));
          expect([(known?.own ?? 0) & 63, known?.id]).toEqual([facts.restrictions & allergens & 63, 7]);
        }
      expect(judged(8, 100, 0, facts)?.id).toBe(8); // a book that has one row for several foods
    }
  });

  it('a food book, whatever its ids are', () => {
    const facts = [...book.values()].slice(0, 5);
    const ids = [1, 3, 999_999, 1_000_000, 7_000_000_000];
    const plain = new Map(ids.map((id, at) => [id, facts[at] as FoodFacts]));
    const table = new FoodTable(plain);
    for (const id of [...ids, -1, 0, 2, 4, 999_998, 1_000_001, 0.5, Number.NaN]) expect([id, table.get(id)]).toEqual([id, plain.get(id)]);
    expect([...table]).toEqual([...plain]);
    expect(new FoodTable([]).get(0)).toBeUndefined();
  });
});
