import { figure, flag, writtenFigure, type Fact } from './fact.js';
import { ownFoodsIn } from './own-foods.js';

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
