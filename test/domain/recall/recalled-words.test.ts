import { describe, expect, it } from '@jest/globals';
import { lackingFor } from '../../../src/domain/advice/review.js';
import { spokenPoints } from '../../../src/domain/advice/points/tell.js';
import type { Scene } from '../../../src/domain/advice/points/scene.js';
import { fileVersionOf } from '../../../src/domain/advice/points/vocabulary.js';
import { readSaid, saidDishPattern, saidPattern } from '../../../src/domain/advice/points/said-text.js';
import { localDate } from '../../../src/domain/local-date.js';
import { decideRecall, markOf, type RecallFacts } from '../../../src/domain/recall/decide-recall.js';
import { withoutRecalled } from '../../../src/domain/recall/recalled-words.js';
import type { RecallCause } from '../../../src/domain/recall/recall-cause.js';
import { catalogue, vocabulary } from '../advice/advice-fixture.js';

const without = (...causes: RecallCause[]) => withoutRecalled({ catalogue, vocabulary }, { number: 3, causes });

describe('words without what is recalled', () => {
  it('offer a recalled dish in no way, know it where it was eaten, and leave all other dishes as they are', () => {
    const [first] = catalogue.dishes;
    const made = without({ kind: 'DISH', dish: first?.code ?? '' }).catalogue;
    expect(made.dishes.map(({ code }) => code)).toEqual(catalogue.dishes.map(({ code }) => code));
    expect(made.dishes[0]).toMatchObject({ offers: [], usual: first?.usual });
    expect(made.offers.map(({ labelKo }) => labelKo)).toEqual(
      catalogue.offers.filter(({ dish }) => dish !== 0).map(({ labelKo }) => labelKo),
    );
    const offered = Array.from({ length: 128 }, (_, mask) => made.candidates(mask).flatMap((slot) => [...slot]));
    expect(offered.every((places) => places.length > 0)).toBe(true);
    expect(offered.flat().filter((place) => made.offers[place] === undefined || made.offers[place].dish === 0)).toEqual([]);
  });

  it('have no recalled point, and name the state in their version', () => {
    const made = without({ kind: 'POINT', point: 'SWAP' }).vocabulary;
    expect(made.placeOf('SWAP')).toBe(-1);
    expect(made.points).toHaveLength(vocabulary.points.length - 1);
    expect(made.version).toBe(`${vocabulary.version}+recalls-3`);
    expect(fileVersionOf(made.version)).toBe(vocabulary.version);
    expect(fileVersionOf(`${vocabulary.version}+reviewed+recalls-3`)).toBe(vocabulary.version);
  });

  it('say every wording of a point but the recalled one, each by its own number', () => {
    const made = without({ kind: 'WORDING', point: 'SWAP', language: 'ko', wording: 0 }).vocabulary;
    const [place, spoken] = [made.placeOf('SWAP'), spokenPoints(made, 'ko')];
    const turns = new Set(Array.from({ length: 40 }, (_, turn) => spoken.turnOf(place, { turn } as Scene)));
    const all = vocabulary.points[vocabulary.placeOf('SWAP')]?.wordings.ko ?? [];
    expect(turns).toEqual(new Set([...all.keys()].slice(1)));
    const english = new Set(Array.from({ length: 40 }, (_, turn) => spokenPoints(made, 'en').turnOf(place, { turn } as Scene)));
    expect(english.has(0)).toBe(true);
  });

  it('lose a point whose last wording is recalled', () => {
    const all = vocabulary.points[vocabulary.placeOf('SWAP')]?.wordings.ko ?? [];
    const causes = [...all.keys()].map((wording) => ({ kind: 'WORDING', point: 'SWAP', language: 'ko', wording }) as const);
    expect(without(...causes).vocabulary.placeOf('SWAP')).toBe(-1);
  });

  it('lack what a program cannot do without, where all of it is recalled', () => {
    const causes = vocabulary.ofField('EXERCISE_EVALUATION').map((place) => ({ kind: 'POINT', point: vocabulary.points[place]?.id ?? '' }) as const); // prettier-ignore
    const made = without(...causes);
    expect(lackingFor('daily', made.catalogue, made.vocabulary)).toEqual(['EXERCISE_EVALUATION']);
    const breakfast = catalogue.dishes.filter(({ meals }) => meals.includes('BREAKFAST')).map(({ code }) => ({ kind: 'DISH', dish: code }) as const); // prettier-ignore
    const empty = without(...breakfast);
    expect(lackingFor('daily', empty.catalogue, empty.vocabulary)).toContain('BREAKFAST');
  });
});

describe('a recall is decided', () => {
  const facts: RecallFacts = { today: localDate('2026-03-02'), isKnown: true, warns: false, lacking: [], going: undefined };
  const order = { cause: { kind: 'DISH', dish: 'IBS-0001' } } as const;

  it('with a week to look back, and refused for what would be harm', () => {
    expect(decideRecall(order, facts)).toEqual({ cause: order.cause, allergen: false, since: '2026-02-23' });
    expect(decideRecall(order, { ...facts, lacking: ['daily BREAKFAST'] })).toMatchObject({ code: 'RECALL_LEAVES_NOTHING' });
    expect(decideRecall({ cause: { kind: 'POINT', point: 'OWN_ALLERGENS' } }, { ...facts, warns: true })).toMatchObject({ code: 'RECALL_OF_WARNING' }); // prettier-ignore
    expect(decideRecall({ ...order, reason: 'a\nb' }, facts)).toMatchObject({ code: 'REASON_UNPRINTABLE' });
    expect(decideRecall({ ...order, since: localDate('2025-01-01') }, facts)).toMatchObject({ code: 'RECALL_SINCE' });
  });

  it.each([
    ['2026-03-01', true, 'PAST'],
    ['2026-03-02', true, 'REPLACE'],
    ['2026-03-03', true, 'REPLACE'],
    ['2026-03-02', false, 'ACCOUNT_CLOSED'],
    ['2026-03-01', false, 'PAST'],
  ] as const)('and marks advice for %s of an account that is open (%s) as %s', (targetDate, isOpen, mark) => {
    expect(markOf({ targetDate, isOpen }, facts.today)).toBe(mark);
  });
});

describe('what a row says, as a pattern finds it', () => {
  const texts = ['0n,0,12,Q-1,01low|02', '00,1;0n,1,3,|00', '0n,11|', '00,0,0n,Q|0n,1', 'TALE_OF_TIMES,0|', '|0n,1', ''];
  it.each(texts)('is what is read of it: %s', (text) => {
    const { points } = readSaid(text);
    const list = text.split('|')[0] ?? '';
    for (const id of ['SWAP', 'COOK_WITHOUT', 'TALE_OF_TIMES', 'OF_TIMES']) {
      expect([id, new RegExp(saidPattern(id), 'u').test(list)]).toEqual([id, points.some((point) => point.id === id)]);
      for (const wording of [0, 1, 11]) {
        const has = points.some((point) => point.id === id && point.wording === wording);
        expect([id, wording, new RegExp(saidPattern(id, wording), 'u').test(list)]).toEqual([id, wording, has]);
      }
    }
    for (const dish of ['Q-1', 'Q']) expect([dish, new RegExp(saidDishPattern(dish), 'u').test(list)]).toEqual([dish, points.some((point) => point.dish === dish)]); // prettier-ignore
  });
});
