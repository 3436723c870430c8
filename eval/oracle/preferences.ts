import { ageOn } from './age.js';
import type { Dish, Ingredient } from './pantry.js';
import type { PatientRecords } from './records.js';
import { barredBy, isKindBarred, isTreated, isTreatedBy } from './treated.js';

/** Stocks and sauces of meat and fish are seasonings by their group. */
const OF_ANIMALS = /(?:^|-)(?:anchovy|beef|chicken|pork|fish)(?:-|$)/u;

/** Plain texts of a profile that say what a patient does not eat, and the ingredients that go against them. What is written otherwise says nothing to the oracle. */
const REFUSED: readonly (readonly [RegExp, (ingredient: Ingredient) => boolean])[] = [
  [
    /^채식(?:주의(?:자(?:예요)?)?|\s?위주(?:로 먹어요)?)?$/u,
    ({ group, id, allergens }) => group === 'MEAT' || group === 'FISH' || allergens.includes('SEAFOOD') || OF_ANIMALS.test(id),
  ],
  [
    /^비건(?:입니다|이에요|인데 콩 알레르기)?$|^vegan$/iu,
    ({ group, id, allergens }) =>
      group === 'MEAT' ||
      group === 'FISH' ||
      ['SEAFOOD', 'MILK', 'EGG'].some((each) => allergens.includes(each)) ||
      OF_ANIMALS.test(id) ||
      id === 'honey',
  ],
  [
    /^고기(?:는|를)?\s?(?:못|안) 먹(?:어요|음)$|^no meat$/iu,
    ({ group, id }) => group === 'MEAT' || /^(?:beef|chicken|pork|duck)-/u.test(id),
  ],
  [/^돼지고기(?:는|를)?\s?안\s?먹(?:어요|음)(?: 소고기 ok)?$/u, ({ id }) => id.startsWith('pork')],
  [/^할랄(?: 음식만 먹어요)?$/u, ({ id }) => /^(?:pork|ham|sausage)/u.test(id)],
  [/^소고기(?:는|를)?\s?안 먹(?:어요|음)$/u, ({ id }) => id.startsWith('beef')],
  [/^닭고기(?:는|를)?\s?안 먹(?:어요|음)$/u, ({ id }) => id.startsWith('chicken')],
  [/^생선(?:은|을)?\s?못 먹(?:어요|음)$/u, ({ allergens }) => allergens.includes('SEAFOOD')],
  [/^떡 못 먹어요$/u, ({ id }) => id === 'rice-cake'],
  [/^매운 음식(?:은|을)?\s?싫어(?:해요|함)$/u, ({ hot }) => hot],
];

/** Plain texts that name an allergy, or what cannot be eaten, which no flag and no preference stands for: the ingredients that hold it. None are in any dish for a text that nothing can be made of. */
const NAMED: readonly (readonly [RegExp, (ingredient: Ingredient) => boolean])[] = [
  [/^오리고기(?:는|를)?\s?안 먹(?:어요|음)$/u, ({ id }) => id === 'duck'],
  [/^양파,마늘 먹으면 가스차요$/u, ({ id }) => ['onion', 'garlic', 'kimchi', 'radish-kimchi'].includes(id)],
  // A letter is wrong: what the word may mean is in no dish, though nobody knows what was meant.
  [/^(?:게란 알레르기|계란 양성)$/u, ({ allergens }) => allergens.includes('EGG') || allergens.includes('unknown')],
  [/^키위 알레르기$/u, ({ id }) => id === 'kiwifruit'],
  [/^메밀 알레르기$/u, ({ id }) => id.includes('buckwheat')],
  [/^복숭아, 토마토 알레르기가 있어요$/u, ({ id }) => id === 'peach' || id.includes('tomato')],
];
const UNREAD = /^(?:아황산염 알레르기|라텍스 알레르기|음식 알레르기가 있어요|계란 양성|게란 알레르기|설렁탕 못 먹어요)$/u;

/** Whether a text says that something must be avoided, in words of its own; or names it in words that nobody understands. */
export function saysMore(text: string | null | undefined): { readonly avoided: boolean; readonly unread: boolean } {
  const said = (text ?? '').trim();
  const unread = UNREAD.test(said);
  // That something is not eaten is no word that it must not be.
  const isAllergy = /알레르기|가스/u.test(said) && NAMED.some(([named]) => named.test(said));
  return { avoided: /^(?:아황산염|라텍스|설렁탕)/u.test(said) || isAllergy, unread };
}

/** Whether an ingredient is named, letter by letter, by a text that says it must be avoided. */
export function namedIn(text: string): (ingredient: Ingredient) => boolean {
  const meant = NAMED.filter(([said]) => said.test(text.trim()) && !UNREAD.test(text.trim()) && !/안 먹/u.test(text));
  return (ingredient) => meant.some(([, isAgainst]) => isAgainst(ingredient));
}

/** Whether that text tells of an allergy. */
export function isNamedAllergy(text: string): boolean {
  return /알레르기/u.test(text);
}

/** Plain texts of a profile about a condition in which no food is left out unasked. */
const CONDITION = /^(?:임신 중이에요|모유 수유 중이에요|셀리악병이에요|크론병|연하곤란)$/u;
/** Plain texts of one who must not eat less, nor be urged to walk more. */
const NOT_LESS =
  /^(?:살 너무 많이 빠졌어요|섭식장애가 있어요|식이장애|저체중이에요|살이 자꾸 빠져요|underweight|BMI 15|bmi가 16|항암 치료 중이에요)$/u;

/** Whether a patient should ask before they leave foods out: one who grows, or tells of such a condition. */
export function shouldAsk({ profile, recordDate }: Pick<PatientRecords, 'profile' | 'recordDate'>): boolean {
  return (
    CONDITION.test((profile?.preference ?? '').trim()) ||
    isTreated({ profile }) ||
    mustNotLessen({ profile, recordDate }) ||
    (ageOn(recordDate, profile?.birthDate) ?? 19) < 19
  );
}

/** Whether a patient tells of an eating disorder, of a low weight or of one that is lost, or is an adult of a low weight. */
export function mustNotLessen({ profile, recordDate }: Pick<PatientRecords, 'profile' | 'recordDate'>): boolean {
  return (
    NOT_LESS.test((profile?.preference ?? '').trim()) ||
    hasDisorder({ profile }) ||
    isThin(profile?.height, profile?.weight, ageOn(recordDate, profile?.birthDate))
  );
}

/** Plain texts of one who does not walk, or hardly. */
const ON_WHEELS = /^(?:휠체어를 타요|걷기 힘들어요|I use a wheelchair)$/u;

/** Whether nothing is counted in steps: of one who does not walk, or tells of a disorder of eating. */
export function hasNoSteps(records: Pick<PatientRecords, 'profile'>): boolean {
  return hasDisorder(records) || walksNot(records);
}

/** Whether a patient tells that they do not walk. */
export function walksNot({ profile }: Pick<PatientRecords, 'profile'>): boolean {
  return ON_WHEELS.test((profile?.preference ?? '').trim());
}

/** Plain texts that tell of a disorder of eating. */
const DISORDER = /^(?:섭식장애가 있어요|식이장애|거식증 완치했어요|anorexia nervosa|폭식증 치료 중)$/u;

/** Whether a patient tells of one, of earlier years too: nothing is offered, judged or counted. */
export function hasDisorder({ profile }: Pick<PatientRecords, 'profile'>): boolean {
  return DISORDER.test((profile?.preference ?? '').trim());
}

/** kg per square metre below which WHO calls an adult underweight; that of a child is not judged by it, nor are figures that no adult has. */
function isThin(cm: number | null | undefined, kg: number | null | undefined, age: number | null): boolean {
  if (typeof cm !== 'number' || typeof kg !== 'number' || (age !== null && age < 19)) return false;
  const index = kg / (cm / 100) ** 2;
  return cm >= 120 && cm <= 230 && kg >= 25 && kg <= 300 && index >= 8 && index < 18.5;
}

/** Younger than this nobody is offered a menu. */
const FIRST_MENU = 4;

/** Whether a patient is a toddler, by the birthday. */
export function isToddler({ profile, recordDate }: Pick<PatientRecords, 'profile' | 'recordDate'>): boolean {
  return (ageOn(recordDate, profile?.birthDate) ?? FIRST_MENU) < FIRST_MENU;
}

/** From this age on rice cake is not for a patient: people of seventy and more choke on it. */
const OLD = 70;

/** Younger than this a child has no whole nuts and nothing sticky, and than the other no tea. */
const SMALL = 5;
const OLD_ENOUGH_FOR_TEA = 12;
const FOR_NO_SMALL_CHILD = ['rice-cake', 'walnut', 'chestnut', 'pine-nut', 'peanut', 'almond'];

/** What is asked of a patient: without what they avoid, none of it is by an allergy. */
type Unwanting = Pick<PatientRecords, 'profile' | 'recordDate'> & Partial<Pick<PatientRecords, 'avoids'>>;

/** Plain texts that tell of an allergy and not to what, of which no flag tells either. */
const ALLERGIC_TO_SOMETHING = /^음식 알레르기가 있어요$/u;

/** What dishes for a patient may not hold: what the profile's text says is not eaten, and what is not safe at their age. */
export function unwantedBy({ profile, recordDate, avoids }: Unwanting): (ingredient: Ingredient) => boolean {
  const age = ageOn(recordDate, profile?.birthDate) ?? OLD_ENOUGH_FOR_TEA;
  const isOfFlags = [...(avoids ?? [])].some((each) => each !== 'LACTOSE');
  const isAnyAllergen = !isOfFlags && ALLERGIC_TO_SOMETHING.test((profile?.preference ?? '').trim());
  const [isBarred, isRefused] = [barredBy({ profile }, mustNotLessen({ profile, recordDate })), refusedBy(profile?.preference)];
  return (ingredient) =>
    age < FIRST_MENU ||
    hasDisorder({ profile }) ||
    (isAnyAllergen && ingredient.allergens.length > 0) ||
    isBarred(ingredient) ||
    isRefused(ingredient) ||
    (age >= OLD && ingredient.id === 'rice-cake') ||
    (age < OLD_ENOUGH_FOR_TEA && ingredient.id === 'green-tea') ||
    (age < SMALL && FOR_NO_SMALL_CHILD.includes(ingredient.id));
}

/** Plain texts that refuse a kind of dish, and its category. */
const REFUSED_DISHES: readonly (readonly [RegExp, string])[] = [
  [/^죽(?:은|을)?\s?(?:싫어요|싫어해요|안 먹어요)$/u, 'PORRIDGE'],
  [/^국물(?:은|을)?\s?(?:싫어요|싫어해요|안 먹어요)$/u, 'SOUP_STEW'],
  [/^면(?:은|을)?\s?(?:싫어함|싫어요|안 먹어요)$/u, 'NOODLE'],
];

/** Plain texts that refuse a dish by its name. */
const REFUSED_BY_NAME: readonly (readonly [RegExp, string])[] = [[/^설렁탕 못 먹어요$/u, '설렁탕']];
/** Names of dishes that are hard to chew: raw radish, and meat in one piece or in slices. */
const TOUGH = /^무생채$|스테이크$|등심구이$|차돌박이구이$|편육$|안심구이$|목살소금구이$|오리소금구이$|육전$/u;

/** Whether a patient's text refuses a dish by its name, or the kind that it is of. */
export function refusesDish(
  { profile }: Pick<PatientRecords, 'profile'>,
  { category, nameKo }: Pick<Dish, 'category' | 'nameKo'>,
): boolean {
  return (
    isKindBarred(category, { profile }) ||
    (isTreatedBy('CHEWING', { profile }) && TOUGH.test(nameKo)) ||
    REFUSED_BY_NAME.some(([said, name]) => name === nameKo && said.test((profile?.preference ?? '').trim())) ||
    REFUSED_DISHES.some(([said, kind]) => kind === category && said.test((profile?.preference ?? '').trim()))
  );
}

/** The text is read once, and not for each ingredient. */
function refusedBy(text: string | null | undefined): (ingredient: Ingredient) => boolean {
  const meant = [...REFUSED, ...NAMED].filter(([said]) => said.test((text ?? '').trim()));
  return (ingredient) => meant.some(([, isAgainst]) => isAgainst(ingredient));
}
