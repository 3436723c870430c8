import { describe, expect, it } from '@jest/globals';
import { generatorOf } from '../../eval/generators.js';
import { inputsOf } from '../../eval/inputs-of.js';
import type { PatientRecords, SavedRow } from '../../eval/oracle/records.js';
import { evalSet } from '../../eval/patients.js';
import { savedRow } from '../../eval/saved-row.js';
import { foodBookOf } from '../../src/domain/advice/food-book.js';
import { DAILY } from '../../src/domain/programs/daily/program.js';
import { loadCatalogue } from '../../src/generators/catalogue/catalogue-file.js';
import { oracleOf } from '../support/safety-oracle.js';

const set = evalSet(loadCatalogue(), { count: 24, seed: 5 });
const records = set.patients[0]?.records as PatientRecords;

/** A patient of the set with something else in the records, and what the rules write for them. */
async function rowOf(
  given: Partial<PatientRecords>,
): Promise<{ readonly row: SavedRow; readonly found: (change?: Partial<SavedRow>) => readonly string[] }> {
  const changed = { ...records, ...given };
  const { generator } = generatorOf({ name: 'RULES', language: 'ko' }, { catalogue: loadCatalogue(), book: set.book, environment: {} });
  const made = await generator.generate(inputsOf(changed), DAILY, new AbortController().signal, '');
  const row = savedRow((made as { row: Parameters<typeof savedRow>[0] }).row);
  return { row, found: (change = {}) => oracleOf('ko').judge({ ...row, ...change }, changed, set.foods).findings };
}

/** The id of barley, which is moderate. */
const barley = (): number => [...set.foods.values()].find(({ name }) => name === '보리밥')?.id ?? Number.NaN;

const saying = (preference: string): Partial<PatientRecords> => ({
  profile: { ...(records.profile as NonNullable<PatientRecords['profile']>), preference },
});

describe('The oracle on what is not measured and on diets that are part of a treatment', () => {
  it('accepts advice without a goal where no day of steps can be, and no goal made of them', async () => {
    const { row, found } = await rowOf({ steps: [120_000, 200_000].map((value, daysAgo) => ({ daysAgo, value })) });
    expect([row.exerciseTarget, found()]).toEqual([null, []]);
    expect(found({ exerciseTarget: 5_000 })).toEqual(['STEP_GOAL 5000']);
    expect(found({ exerciseEvaluation: '가장 최근 기록은 5,000보예요.' }).join()).toMatch(
      /FALSE_CLAIM STEPS_LAST_DAY.*NOT_SAID STEPS_NOT_MEASURED/u,
    );
  });

  it('accepts no dish and no judgement of food for a patient on dialysis', async () => {
    const { row, found } = await rowOf(saying('투석 중이에요'));
    expect(found()).toEqual([]);
    const target = row.dietTarget as NonNullable<SavedRow['dietTarget']>;
    expect([...target.Breakfast, ...target.Lunch, ...target.Dinner]).toEqual([]);
    expect(found({ dietTarget: { ...target, Lunch: ['쌀밥 한 공기'] } }).join()).toMatch(/NOT_WANTED cooked-white-rice/u);
    expect(found({ dietEvaluation: '음식 기록이 없어 식단은 살펴보지 못했어요.' }).join()).toMatch(/NOT_SAID OWN_DIET_FOODS/u);
  });

  it.each([
    ['당뇨가 있어요', '가래떡 한 줄', /NOT_WANTED rice-cake/u],
    ['당뇨가 있어요', '흰죽 한 그릇', /NOT_WANTED PORRIDGE/u],
    ['와파린 복용 중', '브로콜리찜 작은 접시, 꽃송이만', /NOT_WANTED broccoli/u],
    ['통풍이 있어요', '홍합탕 한 그릇', /NOT_WANTED mussel/u],
    ['고혈압이 있어요', '소고기장조림 작은 접시', /SALTY/u],
    ['고지혈증', '닭가슴살구이 한 접시', /FATTY/u],
    ['지방간이 있어요', '두부조림 네 조각', /NOT_WANTED sugar/u],
    ['역류성 식도염이 있어요', '배추김치 작은 접시(배추김치 40 g)', /NOT_WANTED kimchi/u],
    ['갑상선 항진증', '미역국 한 그릇', /NOT_WANTED sea-mustard/u],
    ['라텍스 알레르기', '키위 한 개', /NOT_WANTED kiwifruit/u],
    ['음식 알레르기가 있어요', '달걀말이 네 조각', /NOT_WANTED egg/u],
    ['양파,마늘 먹으면 가스차요', '배추김치 작은 접시(배추김치 40 g)', /NOT_WANTED kimchi/u],
    ['게란 알레르기', '달걀말이 네 조각', /NOT_WANTED egg/u],
  ])('finds a dish that goes against %s: %s', async (text, dish, fault) => {
    const { row, found } = await rowOf(saying(text));
    expect(found()).toEqual([]);
    const target = row.dietTarget as NonNullable<SavedRow['dietTarget']>;
    expect(found({ dietTarget: { ...target, Breakfast: [...target.Breakfast, dish] } }).join()).toMatch(fault);
  });

  it.each([
    ['MAO 억제제를 먹어요', '배추김치', 'MAO 억제제'],
    ['키위 알레르기', '키위', '알레르기'],
    ['스타틴을 먹어요', '자몽주스', '드시는 약'],
    ['임신 중이에요', '연어회', '임신'],
    ['면역억제제를 먹어요', '육회', '면역'],
    ['틀니예요', '가래떡', '목에 걸리기 쉬움'],
  ])('wants a food told that may harm, with its reason, and no word for it: %s, %s', async (text, name, reason) => {
    const food = { id: 9_001, code: 'X-1', name, fodmap: '저', basis: null, fibre: null };
    const foods = new Map([...set.foods, [food.id, food]]);
    const book = foodBookOf([...foods.values()].map(({ id, code, name: foodName, fodmap, basis, fibre }) => ({ id, foodCode: code, foodName, fodmap, fodmapBasis: basis, fibreGrams: fibre })), loadCatalogue()); // prettier-ignore
    const eaten = [{ foodId: food.id, daysAgo: 0, meal: 'lunch', amount: 100 }, { foodId: barley(), daysAgo: 0, meal: 'lunch', amount: 210 }]; // prettier-ignore
    const changed = { ...records, ...saying(text), eaten, avoids: new Set<never>() };
    const { generator } = generatorOf({ name: 'RULES', language: 'ko' }, { catalogue: loadCatalogue(), book, environment: {} });
    const made = await generator.generate(inputsOf(changed), DAILY, new AbortController().signal, '');
    const row = savedRow((made as { row: Parameters<typeof savedRow>[0] }).row);
    const found = (dietEvaluation: string): string => oracleOf('ko').judge({ ...row, dietEvaluation }, changed, foods).findings.join(); // prettier-ignore
    expect([row.dietEvaluation.includes(`‘${name}’(${reason})`), found(row.dietEvaluation)]).toEqual([true, '']);
    expect(found('기록하신 음식 2가지에 고FODMAP은 없었고 1가지가 저FODMAP이었어요.')).toMatch(
      /FALSE_CLAIM DAY_NO_HIGH.*NOT_SAID LEFT_OUT_HARM/u,
    );
    expect(found(`${row.dietEvaluation} 한 번에 드신 ‘${name}’의 양은 저FODMAP 범위였어요.`)).toMatch(/FALSE_CLAIM PRAISE_LOW_FODMAP/u);
  });

  it('accepts no dish for a child under four, and wants to read why', async () => {
    const young = { profile: { ...(records.profile as NonNullable<PatientRecords['profile']>), birthDate: '2023-05-05' } };
    const { row, found } = await rowOf(young);
    expect(found()).toEqual([]);
    const target = row.dietTarget as NonNullable<SavedRow['dietTarget']>;
    expect([...target.Breakfast, ...target.Lunch, ...target.Dinner]).toEqual([]);
    expect(found({ dietTarget: { ...target, Lunch: ['쌀밥 한 공기'] } }).join()).toMatch(/NOT_WANTED cooked-white-rice/u);
    expect(found({ dietTarget: { ...target, Summary: '' } }).join()).toMatch(/NOT_SAID TODDLER_DIET/u);
  });

  it('finds a breakfast of the rules without the protein that it could have', async () => {
    const { row, found } = await rowOf({ eaten: [] });
    const target = row.dietTarget as NonNullable<SavedRow['dietTarget']>;
    expect(
      found({
        dietTarget: { ...target, Breakfast: ['쌀밥 한 공기', '시금치나물 작은 접시', '오이볶음 작은 접시', '당근볶음 작은 접시'] },
      }).join(),
    ).toMatch(/NO_PROTEIN BREAKFAST/u);
  });
});
