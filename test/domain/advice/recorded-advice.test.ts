import { describe, expect, it } from '@jest/globals';
import { anything, assert, property, string, stringMatching } from 'fast-check';
import { choosePoints } from '../../../src/domain/advice/points/choose-points.js';
import { valueOf } from '../../../src/domain/advice/points/fact.js';
import { FACTS } from '../../../src/domain/advice/points/facts.js';
import { POINT_FIELDS, type ChosenPoint } from '../../../src/domain/advice/points/point.js';
import { FACT_CODES, POINT_CODES, MAX_FACTS, MAX_POINTS } from '../../../src/domain/advice/points/said-text.js';
import { recordedAdvice } from '../../../src/domain/advice/points/explain.js';
import { CAUSE_FACT, saidRecord } from '../../../src/domain/advice/points/said-record.js';
import type { Scene } from '../../../src/domain/advice/points/scene.js';
import { turnOf } from '../../../src/domain/advice/points/tell.js';
import { setArguments } from '../../../src/domain/advice/points/truth.js';
import { Vocabulary } from '../../../src/domain/advice/points/vocabulary.js';
import { catalogue, korean, vocabulary } from './advice-fixture.js';
import { someScene } from './scenes.js';

const chosenFor = (scene: Scene): ChosenPoint[] => POINT_FIELDS.flatMap((field) => [...choosePoints(field, scene, korean).points]);
const readBack = (record: string): NonNullable<ReturnType<typeof recordedAdvice>> => {
  const advice = recordedAdvice(JSON.parse(`{${record}}`));
  if (advice === null) throw new Error('what was recorded cannot be read');
  return advice;
};
const keepsToItsLists = (said: string): void => {
  const advice = recordedAdvice({ vocabulary: 'points-1', said });
  expect(advice?.points.length).toBeLessThanOrEqual(MAX_POINTS);
  for (const point of advice?.points ?? []) expect(point.facts.length).toBeLessThanOrEqual(MAX_FACTS);
};
/** As a row tells a fact's value; undefined where it is not known. */
const told = (name: string, scene: Scene): string | undefined => {
  const fact = FACTS.get(name);
  const value = fact === undefined ? Number.NaN : valueOf(fact, scene);
  if (Number.isNaN(value)) return undefined;
  return fact?.words?.[value] ?? String(Math.round(value * 1_000) / 1_000);
};

describe('what a row recorded of what it says', () => {
  it('is read back with every point, argument, wording and fact that was known', () => {
    for (let number = 0; number < 300; number += 1) {
      const scene = someScene(number);
      const chosen = chosenFor(scene);
      const advice = readBack(saidRecord(chosen, scene, korean));
      expect(advice.vocabulary).toBe(vocabulary.version);
      expect(advice.points.map(({ id }) => id)).toEqual(chosen.map(({ point }) => vocabulary.points[point]?.id));
      const shared = new Set<string>();
      for (const [at, each] of chosen.entries()) {
        const [point, recorded] = [vocabulary.points[each.point], advice.points[at]];
        if (point === undefined || !setArguments(point, each, scene))
          throw new Error('a point was chosen with arguments that are not there');
        const wording = turnOf(each.point, scene, point.wordings.ko.length);
        const dish = scene.dish === null ? null : scene.dish.dish.code;
        expect(recorded).toMatchObject({ wording, eaten: each.eaten < 0 ? null : each.eaten, dish });
        const names = point.facts.flatMap(({ name, scope }) => (scope === 'PATIENT' || told(name, scene) === undefined ? [] : [name]));
        for (const { name } of point.facts.filter(({ scope }) => scope === 'PATIENT'))
          if (told(name, scene) !== undefined) shared.add(name);
        const cause = scene.eaten?.cause?.id;
        const own = new Map([...names.map((name) => [name, told(name, scene)] as const), ...(cause === undefined ? [] : [[CAUSE_FACT.name, cause] as const])]); // prettier-ignore
        expect(recorded?.facts.length).toBe(Math.min(MAX_FACTS, own.size));
        const facts = recorded?.facts ?? [];
        expect(facts.map(({ name, value }) => [name, value])).toEqual(facts.map(({ name }) => [name, own.get(name)]));
      }
      expect(new Map(advice.facts.map(({ name, value }) => [name, value]))).toEqual(new Map([...shared].map((name) => [name, told(name, scene)]))); // prettier-ignore
    }
  });

  it('holds two characters for every point and every fact there is, or rows would grow by their names', () => {
    expect(vocabulary.points.map(({ id }) => id).filter((id) => POINT_CODES.of(id) === undefined)).toEqual([]);
    const names = [...FACTS.keys(), CAUSE_FACT.name];
    expect(names.filter((name) => FACT_CODES.nameOf(FACT_CODES.of(name) ?? '') !== name)).toEqual([]);
  });

  it('keeps what a code once stood for: rows hold it', () => {
    const known = { '00': 'COOK_WITHOUT', '0n': 'SWAP', '24': 'SLEEP_MORE', '33': 'RECORD_MORE_DAYS' };
    expect(Object.keys(known).map((code) => POINT_CODES.nameOf(code))).toEqual(Object.values(known));
    const facts = { '00': 'day.foods', '0k': 'steps.goal', '19': 'eaten.class', '25': 'eaten.cause' };
    expect(Object.keys(facts).map((code) => FACT_CODES.nameOf(code))).toEqual(Object.values(facts));
  });

  it('names a point that has no code yet', () => {
    const [first] = vocabulary.points;
    if (first === undefined) throw new Error('the vocabulary is empty');
    const own = new Vocabulary([{ ...first, id: 'POINT_OF_TOMORROW' }], 'points-of-tomorrow');
    const scene = someScene(5);
    const record = saidRecord([{ point: 0, eaten: -1, dish: -1 }], scene, { vocabulary: own, language: 'ko' });
    expect(readBack(record).points).toMatchObject([{ id: 'POINT_OF_TOMORROW', eaten: null, dish: null }]);
  });

  it('leaves out what a later release calls by codes of its own', () => {
    const advice = readBack('"vocabulary":"points-1","said":"zz,0;0n,1,13,IBS-0001,zz5,19HIGH,new.fact=7|zy1,002"');
    const facts = [{ name: 'eaten.class', value: 'HIGH' }, { name: 'new.fact', value: '7' }]; // prettier-ignore
    expect(advice.points).toEqual([{ id: 'SWAP', wording: 1, eaten: 13, dish: 'IBS-0001', facts }]);
    expect(advice.facts).toEqual([{ name: 'day.foods', value: '2' }]);
  });

  it('is short: of a full day no more than a kilobyte', () => {
    const lengths = Array.from({ length: 300 }, (_, number) => saidRecord(chosenFor(someScene(number)), someScene(number), korean).length);
    expect(Math.max(...lengths)).toBeLessThan(1_000);
    expect(catalogue.dishes.every(({ code }) => !/[,;|"\\]/u.test(code))).toBe(true);
  });

  it('is read from any text without a fault, and never holds more than its lists may', () => {
    const like = stringMatching(/^([0-9a-z]{2}(,[0-9a-z]{0,4}){0,20};){0,60}\|([0-9a-z]{2}[0-9]{1,3},){0,5}$/u);
    assert(property(string({ unit: 'binary', maxLength: 300 }), keepsToItsLists));
    assert(property(like, keepsToItsLists));
  });
});

describe('what the first rows of points recorded', () => {
  it('is read from any JSON without a fault, and never holds more than its lists may', () => {
    assert(
      property(anything(), anything(), anything(), (points, facts, item) => {
        const advice = recordedAdvice({
          vocabulary: 'points-1',
          points: Array.isArray(points) ? points : [[item, points, facts, 1, facts]],
          facts,
        });
        expect(advice?.points.length).toBeLessThanOrEqual(MAX_POINTS);
        for (const point of advice?.points ?? []) expect(point.facts.length).toBeLessThanOrEqual(MAX_FACTS);
      }),
    );
  });

  it('is cut where a row holds more than any of ours', () => {
    const facts = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`f${at}`, at]));
    const points = Array.from({ length: 100 }, (_, at) => [`P${at}`, null, null, 0, facts]);
    const advice = recordedAdvice({ vocabulary: 'points-1', points, facts: {} });
    expect([advice?.points.length, advice?.points[0]?.facts.length]).toEqual([MAX_POINTS, MAX_FACTS]);
  });

  it('is explained as what is recorded now', () => {
    const first = ['SWAP', 13, 'IBS-0001', 0, { 'eaten.class': 'HIGH', 'eaten.servings': 1.5 }];
    const old = recordedAdvice({ vocabulary: 'points-1', points: [first, ['DRINK_WATER', null, null, 1]], facts: { 'turn.of7': 2 } });
    expect(old).toEqual(readBack('"vocabulary":"points-1","said":"0n,0,13,IBS-0001,19HIGH,1f1.5;1j,1|172"'));
  });
});
