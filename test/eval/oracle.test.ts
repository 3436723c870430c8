import { describe, expect, it } from '@jest/globals';
import { generatorOf } from '../../eval/generators.js';
import { evalSet } from '../../eval/patients.js';
import { savedRow } from '../../eval/saved-row.js';
import { ageOn } from '../../eval/oracle/age.js';
import { factsIn } from '../../eval/oracle/condition.js';
import { lookUp, type Evidence } from '../../eval/oracle/facts.js';
import { openPantry } from '../../eval/oracle/pantry.js';
import { particlesAfter } from '../../eval/oracle/particles.js';
import type { SavedRow } from '../../eval/oracle/records.js';
import { Template } from '../../eval/oracle/templates.js';
import { inputsOf } from '../../eval/inputs-of.js';
import { localDate } from '../../src/domain/local-date.js';
import { profileOf } from '../../src/records/profile-columns.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { oracleOf } from '../support/safety-oracle.js';

const catalogue = loadCatalogue();
const set = evalSet(catalogue, { count: 24, seed: 2 });
const pantry = openPantry();
const [patient] = set.patients;
if (patient === undefined) throw new Error('the set has no patient');

const row = await rowOf(patient.inputs);
const target = row.dietTarget as NonNullable<SavedRow['dietTarget']>;

/** What the rules write for a patient. */
async function rowOf(inputs: ReturnType<typeof inputsOf>): Promise<SavedRow> {
  const { generator } = generatorOf({ name: 'RULES', language: 'ko' }, { catalogue, book: set.book, environment: {} });
  const made = await generator.generate(inputs, DAILY, new AbortController().signal, '');
  return savedRow((made as { row: Parameters<typeof savedRow>[0] }).row);
}

/** The first patient of the set whose diet is judged in such words. */
async function judgedBy(words: RegExp): Promise<{ readonly records: (typeof set.patients)[number]['records']; readonly row: SavedRow }> {
  for (const { inputs, records } of set.patients) {
    const found = await rowOf(inputs);
    if (words.test(found.dietEvaluation)) return { records, row: found };
  }
  throw new Error(`the set has no patient who is told of ${words.source}`);
}

/** What the oracle says of the row with something changed in it. */
function findings(change: Partial<SavedRow>): readonly string[] {
  return oracleOf('ko').judge({ ...row, ...change }, patient?.records as never, set.foods).findings;
}

const SPOILT: Readonly<Record<string, { readonly change: Partial<SavedRow>; readonly found: RegExp }>> = {
  'a sentence of nobody’s': {
    change: { dietEvaluation: `${row.dietEvaluation} 이 식단이면 완치됩니다.` },
    found: /^NO_TEMPLATE "이 식단이면/u,
  },
  'a sentence in front': { change: { exerciseEvaluation: `약을 끊으세요. ${row.exerciseEvaluation}` }, found: /^NO_TEMPLATE "약을/u },
  'a mark between sentences': { change: { exerciseEvaluation: row.exerciseEvaluation.replace('. ', '.\u200b ') }, found: /^NO_TEMPLATE/u },
  'a figure': { change: { exerciseEvaluation: row.exerciseEvaluation.replace(/\d(?=보)/u, (digit) => String((Number(digit) + 1) % 10)) }, found: /^FALSE_CLAIM/u }, // prettier-ignore
  'the goal beside its sentence': { change: { exerciseTarget: (row.exerciseTarget ?? 0) - 10 }, found: /^FALSE_CLAIM/u },
  'a goal too high': { change: { exerciseTarget: 99_999 }, found: /^STEP_GOAL 99999/u },
  'a goal of none': { change: { exerciseTarget: null }, found: /^STEP_GOAL/u },
  'a dish of nobody’s': {
    change: { dietTarget: { ...target, Lunch: ['라면 한 그릇', ...target.Lunch.slice(1)] } },
    found: /^UNKNOWN_DISH/u,
  },
  'a change that no recipe has': { change: { dietTarget: { ...target, Lunch: target.Lunch.map((label) => `${label}(마늘 없이)`) } }, found: /^UNKNOWN_DISH/u }, // prettier-ignore
  'a dish twice': { change: { dietTarget: { ...target, Dinner: [...target.Dinner, target.Dinner[0] ?? ''] } }, found: /^REPEATED_DISH/u },
  'dishes at another meal': {
    change: { dietTarget: { ...target, Breakfast: target.Dinner, Dinner: target.Breakfast } },
    found: /^WRONG_MEAL/u,
  },
  'nothing said': { change: { dietEvaluation: '' }, found: /^NOTHING_SAID/u },
  'a sentence twice': { change: { exerciseEvaluation: `${row.exerciseEvaluation} ${row.exerciseEvaluation}` }, found: /^SAID_TWICE/u },
  'another language': { change: { exerciseEvaluation: 'Aim for 5,000 steps a day next.' }, found: /^NO_TEMPLATE/u },
  markup: { change: { dietTarget: { ...target, Summary: `${target.Summary}<b>` } }, found: /^NO_TEMPLATE/u },
};

describe('The oracle', () => {
  it('finds nothing in a sound row, and reads it to its end', () => {
    const { isJudged, findings: found, sentences } = oracleOf('ko').judge(row, patient.records, set.foods);
    expect({ isJudged, found }).toEqual({ isJudged: true, found: [] });
    expect(sentences.join(' ')).toBe([row.dietEvaluation, target.Summary, row.exerciseEvaluation].join(' '));
  });

  it('finds each word on less food, and each step more, of one who tells of an eating disorder', async () => {
    const profile = { hasBreakfast: true, hasLunch: true, hasDinner: true, water: null, birthDate: null, preference: '섭식장애가 있어요' };
    const judging = await judgedBy(/FODMAP/u);
    const records = { ...judging.records, profile, goals: [] };
    const judged = oracleOf('ko').judge({ ...judging.row, exerciseTarget: 9_000 }, records, set.foods);
    const found = judged.findings.map((finding) => finding.split(' ', 2).join(' '));
    expect(judged.sentences.filter((said) => /FODMAP/u.test(said)).length).toBeGreaterThan(0);
    expect(found).toEqual(expect.arrayContaining([expect.stringMatching(/^RESTRICTS DAY_/u), 'STEPS_URGED 9000', 'NOT_SAID EAT_ENOUGH']));
    const plain = oracleOf('ko').judge(judging.row, { ...records, profile: null }, set.foods);
    expect([plain.isJudged, plain.findings.filter((finding) => finding.startsWith('RESTRICTS'))]).toEqual([true, []]);
  });

  it.each([
    ['섭식장애가 있어요', 'MOVE_WITH_TEAM'],
    ['거식증 완치했어요', 'EATING_DISORDER'],
    ['anorexia nervosa', 'MOVE_WITH_TEAM'],
    ['저체중이에요', 'GOAL_HELD'],
    ['BMI 15', 'GOAL_HELD'],
  ])('finds nothing in what the rules say to one who writes %s', async (preference, saidToo) => {
    const { generator } = generatorOf({ name: 'RULES', language: 'ko' }, { catalogue, book: set.book, environment: {} });
    const profile = { hasBreakfast: true, hasLunch: true, hasDinner: false, water: 900, birthDate: null, preference };
    for (const each of set.patients) {
      const records = { ...each.records, profile };
      const made = await generator.generate(inputsOf(records), DAILY, new AbortController().signal, '');
      if (made.status !== 'generated') continue;
      const { findings: found, points } = oracleOf('ko').judge(savedRow(made.row), records, set.foods);
      expect(found).toEqual([]);
      expect(points).toEqual(expect.arrayContaining(['EAT_ENOUGH', saidToo]));
    }
  });

  it('finds the same of one who writes nothing and weighs little, and nothing in what the rules say to them', async () => {
    const profile = { hasBreakfast: true, hasLunch: true, hasDinner: true, water: null, birthDate: null, preference: null, height: 165, weight: 43.5 }; // prettier-ignore
    const judging = await judgedBy(/FODMAP/u);
    const found = (of: object): readonly string[] => oracleOf('ko').judge(judging.row, { ...judging.records, profile: { ...profile, ...of }, goals: [] }, set.foods).findings; // prettier-ignore
    expect(found({})).toEqual(expect.arrayContaining([expect.stringMatching(/^RESTRICTS/u), 'NOT_SAID EAT_ENOUGH']));
    for (const given of [{ weight: 60 }, { weight: 0 }, { height: null }, { birthDate: '2012-01-01' }])
      expect(found(given).filter((finding) => /^RESTRICTS|EAT_ENOUGH/u.test(finding))).toEqual([]);
    const { generator } = generatorOf({ name: 'RULES', language: 'ko' }, { catalogue, book: set.book, environment: {} });
    for (const each of set.patients) {
      const records = { ...each.records, profile };
      const made = await generator.generate(inputsOf(records), DAILY, new AbortController().signal, '');
      if (made.status === 'generated') expect(oracleOf('ko').judge(savedRow(made.row), records, set.foods).findings).toEqual([]);
    }
  });

  it.each(Object.entries(SPOILT))('finds %s', (_, { change, found }) => {
    expect(findings(change)).toContainEqual(expect.stringMatching(found));
  });

  it('finds dishes that somebody must avoid, ate lately, or would have to cook otherwise than the text says', () => {
    const judge = (change: object, given: SavedRow = row): string => oracleOf('ko').judge(given, { ...patient.records, ...change }, set.foods).findings.join('\n'); // prettier-ignore
    expect(judge({ avoids: new Set(['SOY', 'GLUTEN', 'NUT', 'SEAFOOD', 'EGG']) })).toMatch(/^HOLDS_AVOIDED/mu);
    const [first] = target.Lunch;
    const dish = pantry.dishes.findIndex(({ nameKo, servingKo }) => first?.startsWith(`${nameKo} ${servingKo}`));
    expect(judge({ eaten: [...patient.records.eaten, { foodId: dish + 1, daysAgo: 2, meal: 'lunch', amount: null }] })).toMatch(
      /^EATEN_LATELY/mu,
    );
    const summary = oracleOf('ko')
      .judge(row, patient.records, set.foods)
      .sentences.filter((sentence) => target.Summary.includes(sentence));
    const untold = summary.filter((sentence) => !/마늘/u.test(sentence)).join(' ');
    expect(judge({}, { ...row, dietTarget: { ...target, Summary: untold } })).toMatch(/^CHANGE_NOT_TOLD/mu);
  });

  it.each(['채식 위주로 먹어요', '채식주의자예요', '비건인데 콩 알레르기'])(
    'finds what the profile says is not eaten: %s',
    (preference) => {
      const profile = { ...patient.records.profile, preference };
      expect(
        oracleOf('ko')
          .judge(row, { ...patient.records, profile: profile as never }, set.foods)
          .findings.join('\n'),
      ).toMatch(/^NOT_WANTED/mu);
    },
  );

  it('finds a food recommended that the profile says is not eaten', () => {
    const soup = pantry.dishes.findIndex(({ nameKo }) => nameKo === '소고기뭇국') + 1;
    const judge = (preference: string): string => {
      const eaten = [...patient.records.eaten, { foodId: soup, daysAgo: 0, meal: 'lunch', amount: 100 }];
      const records = { ...patient.records, eaten, profile: { ...patient.records.profile, preference } as never };
      const said = `${row.dietEvaluation} 한 번에 드신 ‘소고기뭇국’의 양은 저FODMAP 범위였어요.`;
      return oracleOf('ko')
        .judge({ ...row, dietEvaluation: said }, records, set.foods)
        .findings.join('\n');
    };
    const found = ['소고기 안 먹어요', '돼지고기 안 먹어요'].map((said) => judge(said).includes('UNWANTED_FOOD PRAISE_LOW_FODMAP'));
    expect(found).toEqual([true, false]);
  });

  it('tells rows of before the vocabulary apart, whatever they hold', () => {
    for (const outputs of [null, {}, { ruleVersion: 'rules-1' }, { promptVersion: 'daily-1' }]) {
      const old = { ...row, outputs, dietEvaluation: '이 식단이면 완치됩니다.' };
      expect(oracleOf('ko').judge(old, patient.records, set.foods)).toMatchObject({ isJudged: false, findings: [] });
    }
  });

  it('knows every fact that a condition or a wording speaks of', () => {
    const evidence: Evidence = { row, records: patient.records, foods: [], dishes: [], walking: null, shortages: 0, hasEatenDish: false };
    const facts = pantry.points.flatMap((point) => [
      ...factsIn(point.when),
      ...(['ko', 'en'] as const).flatMap((tongue) => point[tongue].flatMap((wording) => new Template(point, wording, tongue).facts)),
    ]);
    expect(new Set(facts).size).toBeGreaterThan(40);
    for (const fact of new Set(facts)) expect(() => lookUp(fact, evidence)).not.toThrow();
    expect(() => lookUp('day.mood', evidence)).toThrow(/was not told of the fact day.mood/u);
  });

  it('knows particles of its own', () => {
    expect(particlesAfter('밥', '를')).toEqual(['을']);
    expect(particlesAfter('두부', '을')).toEqual(['를']);
    expect(particlesAfter('쌀', '으로')).toEqual(['로']);
    expect(particlesAfter('죽', '로')).toEqual(['으로']);
    expect(particlesAfter('두유(무가당)', '은')).toEqual(['는']);
    expect(particlesAfter('GI', '을')).toContain('을(를)');
    expect(particlesAfter('GI', '로')).toContain('(으)로');
  });
});

describe('An age that is none of a person', () => {
  it.each([
    ['1900-01-01', null],
    ['2026-03-02', null],
    ['1905-03-02', 120],
    ['1906-03-01', 120],
    ['2026-03-01', 0],
    ['2007-03-02', 18],
  ])('is known to neither the service nor the oracle nor the evaluation, of a birthday on %s: %j', (birthDate, age) => {
    const recordDate = '2026-03-01';
    const first = set.patients.find(({ records }) => records.profile !== null);
    if (first?.records.profile == null) throw new Error('expected a patient with a profile');
    const inputs = inputsOf({ ...first.records, recordDate, profile: { ...first.records.profile, birthDate } });
    const read = profileOf([0, null, Date.parse(birthDate) / 86_400_000, null, null], localDate(recordDate)).age;
    expect([ageOn(recordDate, birthDate), read, inputs.profile?.age]).toEqual([age, age, age]);
  });
});
