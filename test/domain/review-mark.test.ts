import { describe, expect, it } from '@jest/globals';
import { loadAdviceWords } from '../../src/generators/advice-words.js';
import { decideMark, type MarkOrder, type ShownRow } from '../../src/domain/review/decide-mark.js';
import { evolveMark } from '../../src/domain/review/mark-events.js';
import { MenuDishes } from '../../src/domain/review/menu-dishes.js';
import { evolvePoint, refuseOff } from '../../src/domain/review/point-switch.js';

const ROW: ShownRow = {
  points: ['SWAP', 'DRINK_WATER'],
  dishes: ['IBS-0001'],
  generator: 'RULES',
  vocabulary: 'points-a',
  promptVersion: null,
};
const ORDER: MarkOrder = {
  row: { runId: '0b4f8a52-6d0c-4c62-9b8e-3f1f2a7c9d10', chunk: 1, version: 2 },
  verdict: 'WRONG',
  points: ['SWAP'],
  dishes: [],
  turnOff: false,
  recall: false,
  allergen: false,
};

describe('a mark', () => {
  it('keeps what was said, and what the row showed', () => {
    expect(decideMark({ ...ORDER, points: ['SWAP', 'SWAP'], note: ' 표현이 강함 ' }, ROW)).toEqual({
      status: 'decided',
      mark: {
        row: ORDER.row,
        verdict: 'WRONG',
        points: ['SWAP'],
        dishes: [],
        seenPoints: ['SWAP', 'DRINK_WATER'],
        seenDishes: ['IBS-0001'],
        generator: 'RULES',
        vocabulary: 'points-a',
        reason: '표현이 강함',
      },
      turnsOff: [],
      recalls: undefined,
    });
  });

  it('turns off the points that it names, and recalls the one thing that it names', () => {
    expect(decideMark({ ...ORDER, turnOff: true, recall: true }, ROW)).toMatchObject({ turnsOff: ['SWAP'], recalls: { kind: 'POINT', point: 'SWAP' } }); // prettier-ignore
    expect(decideMark({ ...ORDER, points: [], dishes: ['IBS-0001'], recall: true }, ROW)).toMatchObject({ turnsOff: [], recalls: { kind: 'DISH', dish: 'IBS-0001' } }); // prettier-ignore
  });

  it.each<[string, Partial<MarkOrder>, ShownRow | undefined]>([
    ['MARK_ROW_NOT_FOUND', {}, undefined],
    ['MARK_NOT_OF_ROW', { points: ['FIBRE_GRAMS'] }, ROW],
    ['MARK_NOT_OF_ROW', { dishes: ['IBS-0002'] }, ROW],
    ['MARK_WITHOUT_WHAT', { points: [] }, ROW],
    ['MARK_WITHOUT_WHAT', { points: [], verdict: 'HARMFUL', note: '  ' }, ROW],
    ['MARK_TOO_MILD', { verdict: 'FINE', turnOff: true }, ROW],
    ['MARK_TOO_MILD', { verdict: 'UNCLEAR', recall: true }, ROW],
    ['MARK_WITHOUT_POINT', { points: [], dishes: ['IBS-0001'], turnOff: true }, ROW],
    ['MARK_RECALLS_ONE', { points: ['SWAP', 'DRINK_WATER'], recall: true }, ROW],
    ['MARK_RECALLS_ONE', { points: ['SWAP'], dishes: ['IBS-0001'], recall: true }, ROW],
    ['MARK_RECALLS_ONE', { points: [], note: '소금', recall: true }, ROW],
    ['REASON_TOO_LONG', { note: 'x'.repeat(501) }, ROW],
    ['REASON_UNPRINTABLE', { note: 'a\nb' }, ROW],
  ])('is refused with %s: %j', (code, change, row) => {
    expect(decideMark({ ...ORDER, ...change }, row)).toMatchObject({ status: 'rejected', code });
  });

  it.each<Partial<MarkOrder>>([{ verdict: 'FINE', points: [] }, { verdict: 'UNCLEAR' }, { points: [], note: '소금이 많음' }])(
    'is taken without more: %j',
    (change) => {
      expect(decideMark({ ...ORDER, ...change }, ROW)).toMatchObject({ status: 'decided' });
    },
  );

  it('has one event, and the note stays in the log', () => {
    const decided = decideMark({ ...ORDER, note: '표현' }, ROW);
    if (decided.status !== 'decided') throw new Error('it is a mark');
    const event = { type: 'AdviceMarked', data: decided.mark } as const;
    const context = { markId: 'm', actor: 'key:anna', recordedAt: '2026-03-01T00:00:00Z' };
    const mark = evolveMark(undefined, event, context);
    expect(mark).toMatchObject({ markId: 'm', version: 1, actor: 'key:anna', data: { verdict: 'WRONG' } });
    expect(JSON.stringify(mark)).not.toContain('표현');
    expect(() => evolveMark(mark, event, context)).toThrow(TypeError);
  });
});

describe('a point', () => {
  const facts = { isKnown: true, warns: false, isOff: false, lacking: [] };
  it.each([
    ['POINT_UNKNOWN', { isKnown: false }],
    ['POINT_IS_OFF', { isOff: true }],
    ['POINT_IS_WARNING', { warns: true }],
    ['POINT_LEAVES_NOTHING', { lacking: ['sleep SLEEP_EVALUATION'] }],
  ])('is not turned off: %s', (code, change) => {
    expect(refuseOff('SWAP', { ...facts, ...change })).toMatchObject({ code });
    expect(refuseOff('SWAP', facts)).toBeUndefined();
  });

  it('has a version for each turn, and names the mark while it is off', () => {
    const context = { point: 'SWAP', actor: 'key:anna', recordedAt: '2026-03-01T00:00:00Z' };
    const off = evolvePoint(undefined, { type: 'PointTurnedOff', data: { markId: 'm' } }, context);
    expect(off).toMatchObject({ version: 1, isOff: true, markId: 'm' });
    expect(evolvePoint(off, { type: 'PointTurnedOn', data: {} }, context)).toMatchObject({ version: 2, isOff: false, markId: null });
  });
});

describe('dishes of a menu', () => {
  const { catalogue } = loadAdviceWords({ ADVICE_LANGUAGE: 'ko', ADVICE_ONLY_REVIEWED: 'false' });
  const menu = new MenuDishes(catalogue);

  it('are found by every label that is offered, in both languages, and none is another dish', () => {
    expect(catalogue.offers.length).toBeGreaterThan(100);
    const wrong = catalogue.offers.filter(({ labelKo, labelEn, dish }) => {
      const code = catalogue.dishes[dish]?.code;
      return menu.of({ Lunch: [labelKo] })[0] !== code || menu.of({ Lunch: [labelEn] })[0] !== code;
    });
    expect(wrong.map(({ labelKo }) => labelKo)).toEqual([]);
  });

  it('are none of what is no menu', () => {
    const [first] = catalogue.offers;
    expect(menu.of({ Breakfast: [first?.labelKo, first?.labelKo, 7, '없는 음식 1개'], Summary: 'x' })).toHaveLength(1);
    expect([null, 'x', 7, {}, { Lunch: 'x' }].map((each) => menu.of(each))).toEqual([[], [], [], [], []]);
  });
});
