import { figure, flag, writtenFigure, type Fact } from './fact.js';
import { ALL_RESTRICTIONS } from '../restrictions.js';
import type { Scene } from './scene.js';

/** In the order of `ALLERGENS`, lactose last. */
const WORDS = {
  ko: ['글루텐', '우유 단백질', '견과류나 참깨', '해산물', '달걀', '콩', '유당'],
  en: ['gluten', 'milk protein', 'nuts or sesame', 'seafood', 'egg', 'soy', 'lactose'],
} as const;

/** Foods that are named at most; the others are counted. */
const MAX_NAMED = 3;
/** Characters of the names together from which on no further one is begun: the text around them has to fit on a phone as well. */
const FULL = 60;

/**
 * Every food that was eaten and usually holds what the patient must avoid: "‘라면’(글루텐·콩), ‘우유’(유당) 외 2가지". A food whose name may not be repeated is counted with the others.
 */
function ownFoodsIn({ eatenFoods, inputs }: Scene, language: 'ko' | 'en'): string {
  const avoided = inputs.allergens & ALL_RESTRICTIONS;
  let names = '';
  let [named, all] = [0, 0];
  for (const { quotable, restrictions } of eatenFoods) {
    const own = restrictions & avoided;
    if (own === 0) continue;
    all += 1;
    if (quotable === '' || named === MAX_NAMED || names.length >= FULL) continue;
    names += `${named === 0 ? '' : ', '}‘${quotable}’${language === 'ko' ? '' : ' '}(${wordsOf(own, language)})`;
    named += 1;
  }
  const more = all - named;
  if (named === 0) return language === 'ko' ? `음식 ${all}가지` : all === 1 ? '1 food' : `${all} foods`;
  return more === 0 ? names : language === 'ko' ? `${names} 외 ${more}가지` : `${names} and ${more} more`;
}

function wordsOf(own: number, language: 'ko' | 'en'): string {
  return WORDS[language].filter((_, bit) => (own & (1 << bit)) !== 0).join(language === 'ko' ? '·' : ', ');
}

/** What was eaten on the record date, all foods together. */
export const DAY_FACTS: readonly Fact[] = [
  writtenFigure(figure('day.foods', 'PATIENT', 'different foods with a record on the record date', ({ day }) => day.foods)),
  writtenFigure(figure('day.low', 'PATIENT', 'of them, foods that are low in FODMAPs at the amount eaten', ({ day }) => day.low)),
  writtenFigure(figure('day.moderate', 'PATIENT', 'of them, foods that are moderate at the amount eaten', ({ day }) => day.moderate)),
  writtenFigure(figure('day.high', 'PATIENT', 'of them, foods that are high at the amount eaten', ({ day }) => day.high)),
  writtenFigure(figure('day.unknown', 'PATIENT', 'of them, foods whose class is not known', ({ day }) => day.unknown)),
  writtenFigure(
    figure(
      'day.fibre',
      'PATIENT',
      'grams of fibre eaten, as far as known; unknown where half of the grams eaten or more have no figure',
      ({ day }) => day.fibreGrams,
    ),
  ),
  writtenFigure(figure('day.soluble', 'PATIENT', 'grams of soluble fibre eaten; unknown likewise', ({ day }) => day.solubleGrams)),
  flag('day.isFibreKnown', 'PATIENT', 'day.fibre is known', ({ day }) => !Number.isNaN(day.fibreGrams)),
  figure(
    'day.solubleShare',
    'PATIENT',
    'grams of soluble fibre in 100 g of the fibre eaten; unknown where either is, or nothing was eaten of it',
    ({ day }) => (day.fibreGrams > 0 ? (day.solubleGrams * 100) / day.fibreGrams : null),
  ),
  writtenFigure(
    figure(
      'day.fibreSources',
      'PATIENT',
      'different foods with at least 3 g of fibre in 100 g (Codex: a source of fibre) and 1.5 g of it in the amount eaten',
      ({ day }) => day.fibreSources,
    ),
  ),
  writtenFigure(
    figure(
      'day.fibreRich',
      'PATIENT',
      'different foods with at least 6 g of fibre in 100 g (Codex: high in fibre) and 1.5 g of it in the amount eaten',
      ({ day }) => day.fibreRich,
    ),
  ),
  writtenFigure(
    figure(
      'day.ownAllergens',
      'PATIENT',
      'foods that usually hold an allergen of the patient, or lactose for an intolerance',
      ({ day }) => day.ownAllergens,
    ),
  ),
  writtenFigure(
    figure(
      'day.ownFoods',
      'PATIENT',
      'the same number; written as the foods themselves, up to three by name with what each holds of it, and how many more there are',
      ({ day }) => day.ownAllergens,
    ),
    (_, language, scene) => ownFoodsIn(scene, language),
  ),
  figure(
    'day.allergenFoods',
    'PATIENT',
    'foods that usually hold an allergen of the patient, lactose for an intolerance apart',
    ({ day }) => day.allergenFoods,
  ),
  writtenFigure(figure('day.hot', 'PATIENT', 'foods that are hot by chilli', ({ day }) => day.hot)),
  figure('day.breakfasts', 'PATIENT', 'records at breakfast', ({ day }) => day.meals[0]),
  figure('day.lunches', 'PATIENT', 'records at lunch', ({ day }) => day.meals[1]),
  figure('day.dinners', 'PATIENT', 'records at dinner', ({ day }) => day.meals[2]),
];
