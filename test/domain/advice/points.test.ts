import { describe, expect, it } from '@jest/globals';
import { holdsOf } from '../../../src/domain/advice/points/condition.js';
import { conditionOf } from '../../../src/domain/advice/points/read-condition.js';
import { groupedFigure } from '../../../src/domain/advice/points/fact.js';
import { FACTS } from '../../../src/domain/advice/points/facts.js';
import { choosePoints } from '../../../src/domain/advice/points/choose-points.js';
import { POINT_FAMILIES, POINT_FIELDS } from '../../../src/domain/advice/points/point.js';
import type { Scene } from '../../../src/domain/advice/points/scene.js';
import { sentenceOf } from '../../../src/domain/advice/points/tell.js';
import { isTrue, truthOf } from '../../../src/domain/advice/points/truth.js';
import { wordingOf } from '../../../src/domain/advice/points/wording.js';
import { catalogue, english, korean, vocabulary } from './advice-fixture.js';
import { scenesOfOneFood, scenesWithoutNoodles, someScene } from './scenes.js';

const SCENES = 1_000;

function* allScenes(): Generator<Scene> {
  for (let number = 0; number < SCENES; number++) yield someScene(number);
  yield* scenesWithoutNoodles(150);
  yield* scenesOfOneFood([20, 45, 75, 110, 160, 230, 330, 480]);
}

/** What a rendered sentence may hold. */
const ALLOWED = { ko: /^[가-힣A-Za-z0-9 .,!?~%·()‘’]+$/u, en: /^[A-Za-z0-9가-힣 .,!?%()‘’';:–-]+$/u };

/** Ids of what the rules say of a scene. */
function idsOf(number: number): readonly string[] {
  const scene = someScene(number);
  return POINT_FIELDS.flatMap((field) => choosePoints(field, scene, korean).points.map(({ point }) => vocabulary.points[point]?.id ?? ''));
}

describe('The vocabulary', () => {
  it('has at least sixty points in nine families, each with a source and two wordings or more in each language', () => {
    expect(vocabulary.points.length).toBeGreaterThanOrEqual(60);
    expect(new Set(vocabulary.points.map(({ family }) => family)).size).toBe(POINT_FAMILIES.length);
    for (const { id, wordings, source } of vocabulary.points) {
      expect([id, wordings.ko.length >= 2, wordings.en.length >= 2, source !== '']).toEqual([id, true, true, true]);
    }
  });

  it('is signed by nobody yet: whoever signs it is a dietitian, and no program', () => {
    expect(vocabulary.points.filter(({ reviewedBy, reviewedOn }) => reviewedBy !== '' || reviewedOn !== '')).toEqual([]);
  });

  it('holds no point that can never be true, and says each in whole sentences of both languages', () => {
    const reached = new Map(vocabulary.points.map(({ id }) => [id, 0]));
    const odd: [string, string][] = []; // one assertion for all: ten thousands of them took longer than the sentences
    for (const scene of allScenes()) {
      vocabulary.points.forEach(({ id }, place) => {
        const chosen = truthOf(place, scene, vocabulary);
        if (chosen === null || (reached.get(id) ?? 0) > 20) return;
        reached.set(id, (reached.get(id) ?? 0) + 1);
        if (!isTrue(chosen, scene, vocabulary)) odd.push([id, 'is chosen and not true']);
        for (const tongue of [korean, english]) {
          const sentence = sentenceOf(chosen, scene, tongue);
          const isWhole = ALLOWED[tongue.language].test(sentence) && sentence.endsWith('.');
          if (!isWhole || /undefined|NaN|null|\{|\}|\s\s|‘’/u.test(sentence)) odd.push([id, sentence]);
        }
      });
    }
    expect(odd).toEqual([]);
    expect([...reached].filter(([, times]) => times === 0).map(([id]) => id)).toEqual([]);
  });

  it('is found true with the first arguments of which its condition holds, and of no others', () => {
    for (let number = 0; number < 60; number++) {
      const scene = someScene(number);
      const first = vocabulary.points.map(({ id, args }, point) => {
        const foods = args.includes('eaten') ? scene.eatenFoods.map((food) => food.id) : [-1];
        const dishes = args.includes('dish') ? scene.dishes.map((dish) => dish.place) : [-1];
        const all = foods.flatMap((eaten) => dishes.map((dish) => ({ point, eaten, dish })));
        return [id, all.find((chosen) => isTrue(chosen, scene, vocabulary)) ?? null];
      });
      expect(vocabulary.points.map(({ id }, point) => [id, truthOf(point, scene, vocabulary)])).toEqual(first);
    }
  });

  it('gives every name the particle that fits it', () => {
    const pairs = [/(‘[^’]*[가-힣]’)(을|를)/gu, /(‘[^’]*[가-힣]’)(은|는)/gu, /(‘[^’]*[가-힣]’)(으로|로) /gu];
    let seen = 0;
    for (let number = 0; number < 400; number++) {
      const scene = someScene(number);
      const texts = POINT_FIELDS.map((field) => choosePoints(field, scene, korean).text).join(' ');
      for (const [kind, pattern] of pairs.entries()) {
        for (const [, name = '', particle = ''] of texts.matchAll(pattern)) {
          seen += 1;
          const final = (name.charCodeAt(name.length - 2) - 0xac00) % 28;
          const isConsonant = final !== 0 && !(kind === 2 && final === 8);
          expect([name, particle, isConsonant]).toEqual([name, particle, ['을', '은', '으로'].includes(particle)]);
        }
      }
    }
    expect(seen).toBeGreaterThan(200);
  });

  it('chooses nothing that is not true, and no food or dish twice in a text', () => {
    for (let number = 0; number < 600; number++) {
      const scene = someScene(number);
      for (const field of POINT_FIELDS) {
        const { points, text } = choosePoints(field, scene, korean);
        expect(points.filter((point) => !isTrue(point, scene, vocabulary))).toEqual([]);
        const chosen = points.filter(({ point }) => !vocabulary.isAlwaysSaid(point));
        const [foods, dishes] = [chosen.filter(({ eaten }) => eaten >= 0), chosen.filter(({ dish }) => dish >= 0)];
        expect(new Set(foods.map(({ eaten }) => eaten)).size).toBe(foods.length);
        expect(new Set(dishes.map(({ dish }) => dish)).size).toBe(dishes.length);
        expect(text === '' || points.length > 0).toBe(true);
      }
    }
  });

  it('is not true of a food or a dish that is not the patient’s', () => {
    const scene = someScene(3);
    const praise = vocabulary.placeOf('PRAISE_LOW_FODMAP');
    expect(isTrue({ point: praise, eaten: 123_456, dish: -1 }, scene, vocabulary)).toBe(false);
    expect(isTrue({ point: praise, eaten: -1, dish: -1 }, scene, vocabulary)).toBe(false);
    expect(isTrue({ point: vocabulary.placeOf('SOUP_TO_START'), eaten: -1, dish: catalogue.offers.length }, scene, vocabulary)).toBe(false);
    expect(isTrue({ point: -1, eaten: -1, dish: -1 }, scene, vocabulary)).toBe(false);
  });
});

describe('What is known is said, and what is not known is not', () => {
  it('speaks of reintroduction after 42 low days now and then, and never before', () => {
    const told = Array.from({ length: 400 }, (_, number) => ({ lowDays: someScene(number).inputs.lowDays ?? 0, ids: idsOf(number) }));
    const reminded = told.filter(({ ids }) => ids.includes('REINTRODUCTION'));
    expect(reminded.every(({ lowDays }) => lowDays >= 42)).toBe(true);
    expect(reminded.length).toBeGreaterThan(20);
  });

  it('names the signs that need a doctor to everybody, once a week', () => {
    const told = Array.from({ length: 400 }, (_, number) => [someScene(number).turn % 7 === 0, idsOf(number).includes('DOCTOR_SIGNS')]);
    expect(told.filter(([due, isTold]) => due !== isTold)).toEqual([]);
  });

  it('praises no food whose class is not known', () => {
    for (let number = 0; number < 600; number++) {
      const scene = someScene(number);
      for (const { point, eaten } of choosePoints('DIET_EVALUATION', scene, korean).points) {
        const food = scene.eatenFoods.find(({ id }) => id === eaten);
        if (/PRAISE|STILL_LOW|STATED_LOW/u.test(vocabulary.points[point]?.id ?? '')) expect(food?.fodmap).toBe('LOW');
      }
    }
  });
});

describe('A condition', () => {
  it.each([
    ['calls', 'max(day.low)', /cannot be read|goes on|no fact|flag/u],
    ['arithmetic', 'day.low + 1 > 2', /cannot be read/u],
    ['a fact that there is none of', 'day.lunch >= 1', /no fact/u],
    ['a word that a fact cannot be', 'steps.level = BRISK', /none of/u],
    ['a figure alone', '3', /flag/u],
    ['a figure that is no flag', 'day.low', /flag/u],
    ['a bracket that is not closed', '(day.low >= 1', /bracket/u],
    ['nothing after a sign', 'day.low >=', /ends/u],
  ])('is refused with %s', (_, text, message) => {
    expect(() => conditionOf(text, FACTS)).toThrow(message);
  });

  it('holds of nothing that is not known, not even as unequal or negated', () => {
    const scene = { ...someScene(1), steps: null };
    for (const text of ['steps.mean != 5', 'steps.mean >= 0', 'steps.mean < 99', 'steps.level != LOW']) {
      expect(holdsOf(conditionOf(text, FACTS).patient, scene)).toBe(false);
    }
  });

  it('joins by and, by or and in brackets', () => {
    const { inputs, ...rest } = someScene(1);
    const scene = { ...rest, inputs: { ...inputs, lowDays: 50 } };
    const holds = (text: string): boolean => holdsOf(conditionOf(text, FACTS).patient, scene);
    expect(holds('history.lowDays >= 42 and history.lowDays < 51')).toBe(true);
    expect(holds('history.lowDays > 60 or history.lowDays = 50')).toBe(true);
    expect(holds('(history.lowDays > 60 or history.lowDays < 10) and history.lowDays = 50')).toBe(false);
  });
});

describe('A wording', () => {
  it('writes a figure in groups of three digits, however great it is', () => {
    expect([0, 800, 1_600, 10_005, 999_999, 1_000_000, 1_800_000, 12_034_567, Number.POSITIVE_INFINITY].map((value) => groupedFigure(value))).toEqual(['0', '800', '1,600', '10,005', '999,999', '1,000,000', '1,800,000', '12,034,567', 'Infinity']); // prettier-ignore
  });

  it.each([
    ['<b>{eaten}</b>', /plain sentence/u],
    ['{eaten:께서}', /particle/u],
    ['{day.ownership}', /neither/u],
    ['{steps.level}', /neither/u],
    ['', /empty/u],
    ['첫 줄\n둘째 줄', /plain sentence/u],
  ])('is refused: %j', (text, message) => {
    expect(() => wordingOf(text, 'ko', FACTS)).toThrow(message);
  });
});
