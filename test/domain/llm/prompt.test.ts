import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { questionTokens, tokensOf } from '../../../eval/tokens.js';
import { evalSet } from '../../../eval/patients.js';
import { ALLERGENS } from '../../../src/domain/advice/restrictions.js';
import { DAILY_FIELDS } from '../../../src/domain/advice/points/said-points.js';
import { ANSWER_VIOLATIONS, FOOD_VIOLATIONS, MEAL_VIOLATIONS, POINT_VIOLATIONS } from '../../../src/domain/advice/violation-codes.js';
import { RESPONSE_FORMAT } from '../../../src/generators/llm/answer.js';
import { DailyPrompts } from '../../../src/generators/llm/daily-prompt.js';
import { loadPrompt, parsePrompt } from '../../../src/generators/llm/prompt-file.js';
import { NOBODY } from '../../../src/generators/llm/token-guess.js';
import { anyPatient, book, catalogue, english, idOf, korean, patient, vocabulary } from '../advice/advice-fixture.js';

const LANGUAGES = [
  { language: 'ko', tongue: korean },
  { language: 'en', tongue: english },
] as const;

describe.each(LANGUAGES)('The prompt in $language', ({ language, tongue }) => {
  const prompt = loadPrompt(language);
  const prompts = new DailyPrompts({ catalogue, tongue, prompt });

  it('states the rule of everything that the gate can find', () => {
    const { system } = prompts.of(patient(), book);
    for (const code of [...FOOD_VIOLATIONS, ...MEAL_VIOLATIONS, ...ANSWER_VIOLATIONS, ...POINT_VIOLATIONS]) {
      expect(prompt.ruleOf[code].length).toBeGreaterThan(10);
      expect(system).toContain(prompt.ruleOf[code]);
    }
  });

  it('tells of every point that may be chosen, and of none that is said anyway or by another program', () => {
    const choosable = vocabulary.points
      .filter((point, place) => DAILY_FIELDS.includes(point.field) && !vocabulary.isAlwaysSaid(place))
      .map(({ id }) => id);
    expect(prompt.points.map(({ id }) => id).toSorted()).toEqual(choosable.toSorted());
    expect(prompts.points.map((place) => vocabulary.points[place]?.id)).toEqual(prompt.points.map(({ id }) => id));
  });

  it('says what an answer has no place for, as a clinician wants to read it', () => {
    const words = language === 'ko' ? ['진단', '약', '보충제', '금식', '술', '목록에 없는 음식', '연락처', '진료'] : ['Diagnoses', 'medication', 'supplements', 'fasting', 'alcohol', 'not listed', 'contacts', 'doctor']; // prettier-ignore
    for (const word of words) expect(prompt.templates.system).toContain(word);
  });

  it('begins with the same bytes for everybody, more of them than providers keep', () => {
    const { system } = prompts.of(patient(), book);
    fc.assert(
      fc.property(anyPatient, (inputs) => prompts.of(inputs, book).system === system),
      { numRuns: 100 },
    );
    expect(prompts.of(NOBODY, new Map()).system).toBe(system);
    expect(tokensOf(system)).toBeGreaterThanOrEqual(1_024);
  });

  it('holds numbers, names of the catalogue and nothing of the person', () => {
    const names = new Set(catalogue.dishes.flatMap(({ nameKo, nameEn }) => [nameKo, nameEn]));
    fc.assert(
      fc.property(anyPatient, (inputs) => {
        const [b = '', l = '', d = '', eaten = '', steps = '', p = '', ...rest] = prompts.of(inputs, book).user.split('\n');
        expect(rest).toEqual([]);
        for (const line of [b, l, d]) expect(line).toMatch(/^[bld] \d: /u);
        const listed = [b, l, d].flatMap((line) => line.slice(5).split(/[,/](?=\d)/u)).concat(eaten.slice(7).split(/,(?=\d)/u)); // prettier-ignore
        const named = listed.filter((text) => text !== '').map((each) => each.replace(/^\d+/u, '').replace(/[*+]+$/u, ''));
        expect(named.filter((name) => name !== '?' && !names.has(name))).toEqual([]);
        expect(steps).toMatch(/^steps: \d+$/u);
        expect(p).toMatch(/^p: (\[[\d,|]+\](,|$))*$/u);
      }),
      { numRuns: 200 },
    );
  });

  it('offers no dish that the patient must not eat, and points that are true alone', () => {
    const allergens = ALLERGENS.reduce((bits, _, bit) => bits | (1 << bit), 0);
    const { dishes } = prompts.of(patient({ allergens, today: [idOf('쌀밥')], recent: [idOf('쌀밥')] }), book);
    expect(dishes.length).toBeGreaterThan(0);
    for (const place of dishes) {
      expect((catalogue.restrictions[place] ?? 0) & allergens).toBe(0);
      expect(catalogue.dishes[catalogue.offers[place]?.dish ?? -1]?.nameKo).not.toBe('쌀밥');
    }
    const points = (inputs: Parameters<typeof prompts.of>[0]): string => prompts.of(inputs, book).user.split('\n').at(-1) ?? '';
    const number = prompts.points.indexOf(vocabulary.placeOf('DAY_NOTHING')) + 1;
    expect(points(patient())).toContain(`[${number}]`);
    expect(points(patient({ today: [idOf('쌀밥')] })).includes(`[${number}]`)).toBe(false);
  });
});

describe('What an endpoint can learn of who is asked about', () => {
  const prompts = new DailyPrompts({ catalogue, tongue: korean, prompt: loadPrompt('ko') });

  it('is nothing of their id: people share what is sent, its seed included, and their inputs are told apart in the log alone', () => {
    const asked = Array.from({ length: 2_000 }, (_, id) => prompts.of(patient({ userId: (id + 1) as never }), book));
    const alike = [...Map.groupBy(asked, ({ user }) => user).values()].filter(({ length }) => length > 1);
    expect(alike.flat().length).toBeGreaterThan(200);
    for (const same of alike) {
      expect(new Set(same.map(({ seed }) => seed)).size).toBe(1);
      expect(new Set(same.map(({ inputsHash }) => inputsHash)).size).toBe(same.length);
    }
    expect(new Set(asked.map(({ seed }) => seed)).size).toBeGreaterThan(100); // and yet not everybody gets the same
  });

  it('is another question each day, for the same records', () => {
    const days = Array.from({ length: 14 }, (_, day) =>
      prompts.of(patient({ recordDate: `2026-03-${String(day + 1).padStart(2, '0')}` as never }), book),
    );
    expect(new Set(days.map(({ user }) => user)).size).toBe(14);
    days.slice(1).forEach(({ dishes }, at) => {
      const before = new Set(days[at]?.dishes);
      expect(dishes.filter((dish) => before.has(dish)).length / dishes.length).toBeLessThan(0.5);
    });
  });
});

describe('What a question costs', () => {
  it('is at most 700 effective tokens in and 120 out for each patient of the evaluation, in Korean, schema included', () => {
    const set = evalSet(catalogue, { count: 240, seed: 1 });
    const { prefix, effective, out } = questionTokens(set, catalogue, korean);
    expect(prefix).toBeGreaterThan(tokensOf(JSON.stringify(RESPONSE_FORMAT)) + 1_024);
    expect(effective.mean).toBeLessThanOrEqual(700);
    const others = [2, 7].map((seed) => questionTokens(evalSet(catalogue, { count: 240, seed }), catalogue, korean).effective.most);
    for (const most of [effective.most, ...others]) expect(most).toBeLessThanOrEqual(700);
    expect(out.most).toBeLessThanOrEqual(120);
    // The longest answer that the schema lets through.
    const dishes = Array.from({ length: 6 }, () => 99);
    expect(
      tokensOf(JSON.stringify({ b: dishes, l: dishes, d: dishes, p: Array.from({ length: 8 }, () => [99, 99, 99]) })),
    ).toBeLessThanOrEqual(120);
  });
});

const text = (rules: string, user = 'b {{breakfast}} l {{lunch}} d {{dinner}} {{eaten}} {{steps}} {{points}}'): string =>
  `# system\n\n{{rules}} {{points}}\n\n# rules\n\n${rules}\n\n# points\n\nSWAP instead\n\n# user\n\n${user}\n\n# repair\n\n{{faults}}\n`;
const all = [...FOOD_VIOLATIONS, ...MEAL_VIOLATIONS, ...ANSWER_VIOLATIONS, ...POINT_VIOLATIONS].join(' ');
const parse = (given: string) => parsePrompt(given, { version: 'daily-9', language: 'en', file: 'daily-9.en.md' });

describe('A prompt’s file', () => {
  it('is read with the rule of each code', () => {
    expect(parse(text(`${all}: Do as you are told.\nBe kind.`))).toMatchObject({
      rules: ['Do as you are told.', 'Be kind.'],
      ruleOf: { ALLERGEN: 'Do as you are told.' },
      points: [{ id: 'SWAP', words: 'instead' }],
    });
  });

  it.each([
    ['leaves a rule of the gate out', text(`${all.replace('ALLERGEN ', '')}: Do as you are told.`), /states no rule of ALLERGEN/u],
    ['states a rule that the gate does not know', text(`${all} NO_SUGAR: Do as you are told.`), /NO_SUGAR, which the gate does not know/u],
    [
      'leaves a value out',
      text(`${all}: Do.`, 'b {{breakfast}}'),
      /each of breakfast, dinner, eaten, lunch, points, steps once in "# user"/u,
    ],
    ['has no vocabulary', text(`${all}: Do.`).replace('# points', '# other'), /needs a section "# points"/u],
    ['has a point without words', text(`${all}: Do.`).replace('SWAP instead', 'SWAP'), /not an id and words/u],
  ])('is refused where it %s', (_, given, message) => {
    expect(() => parse(given)).toThrow(message);
  });
});
