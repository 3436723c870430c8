import { Draw } from './draw.js';
import type { EvalPatient, EvalSet } from './patients.js';
import type { Catalogue } from '../src/domain/advice/catalogue/catalogue.js';
import type { DailyChoice } from '../src/domain/advice/daily-advice.js';
import { DietPicker } from '../src/domain/advice/diet-picker.js';
import type { DishCounts } from '../src/domain/advice/menu-violations.js';
import type { ChosenPoint } from '../src/domain/advice/points/point.js';
import type { Vocabulary } from '../src/domain/advice/points/vocabulary.js';

/** What a generator with ill intent wants said to a patient. */
export interface HostileProposal {
  readonly patient: EvalPatient;
  readonly meals: DailyChoice['meals'];
  readonly points: readonly ChosenPoint[];
  /** As a model is asked for them; absent for a menu that says it is of the rules. */
  readonly dishes: DishCounts | undefined;
}

type Meals = [number[], number[], number[]];

/** Dishes that a model is asked for at each meal. */
const ASKED = 6;

/** Proposals without end, the same for the same seed: sound menus with one thing spoilt, menus of any dishes, and points of every kind with arguments that are there, that are others', or that are none. */
export function* hostileProposals(
  set: EvalSet,
  { catalogue, vocabulary, seed }: { catalogue: Catalogue; vocabulary: Vocabulary; seed: number },
): Generator<HostileProposal> {
  const picker = new DietPicker(catalogue);
  const draw = new Draw(seed, set.counts);
  // Few profiles say what is not eaten: as rare as they are, a menu against one would hardly ever be proposed.
  const saying = set.patients.filter(({ inputs }) => (inputs.profile?.preferences ?? 0) !== 0);
  // A short set may have none of them.
  const fussy = saying.length > 0 ? saying : set.patients;
  for (let day = 0; ; day += 1) {
    const patient = draw.oneOf(draw.whole(0, 3) === 0 ? fussy : set.patients);
    const isModel = draw.whole(0, 1) === 1;
    const picked = picker.pick(patient.inputs, set.book, { person: draw.whole(0, 60_000), day }, isModel ? 2 : 1).meals;
    const sound = picked.map((meal) => (isModel ? meal.slice(0, ASKED) : [...meal])) as Meals;
    const dishes: DishCounts = [sound[0].length, sound[1].length, sound[2].length];
    const meals = spoilt(sound, draw, { catalogue, set, patient });
    const points = Array.from({ length: draw.whole(0, 8) }, () => somePoint(draw, meals.flat(), { patient, vocabulary }));
    yield { patient, meals, points, dishes: isModel ? dishes : undefined };
  }
}

function spoilt(
  meals: Meals,
  draw: Draw,
  { catalogue, set, patient }: { catalogue: Catalogue; set: EvalSet; patient: EvalPatient },
): Meals {
  const anyOffer = (): number => draw.whole(0, catalogue.offers.length - 1);
  const at = draw.whole(0, 2);
  const meal = meals[at] ?? [];
  const place = draw.whole(0, Math.max(0, meal.length - 1));
  const of = (category: string): number[] =>
    catalogue.offers.flatMap((offer, index) => (catalogue.dishes[offer.dish]?.category === category ? [index] : []));
  const replaced = (offer: number): void => void (meal[place] = offer);
  const lately = [...patient.inputs.today, ...patient.inputs.recent].map(
    (id) => catalogue.dishes[set.book.get(id)?.dish ?? -1]?.offers[0] ?? anyOffer(),
  );
  const kin = (offer: number): number[] => {
    const dish = catalogue.dishes[catalogue.offers[offer]?.dish ?? -1];
    return of(dish?.category ?? 'RICE').filter((each) =>
      catalogue.dishes[catalogue.offers[each]?.dish ?? -1]?.meals.some((one) => dish?.meals.includes(one)),
    );
  };
  const spoil: readonly (() => void)[] = [
    () => undefined,
    () => replaced(anyOffer()),
    () => replaced(draw.oneOf([...kin(meal[place] ?? 0), 0])),
    () => meal.forEach((offer, index) => (meal[index] = draw.oneOf([...kin(offer), 0]))),
    () => replaced(lately.length > 0 ? draw.oneOf(lately) : anyOffer()),
    () => replaced(draw.oneOf([-1, catalogue.offers.length, 65_535, 1.5, Number.NaN, -2_147_483_648])),
    () => replaced(draw.oneOf(meals.flat().length > 0 ? meals.flat() : [0])),
    () => meal.push(...draw.oneOf(meals).slice(0, 3)),
    () => meal.push(anyOffer(), anyOffer(), anyOffer()),
    () => meals.forEach((each) => each.splice(draw.whole(1, 3))),
    () =>
      meals.forEach((each, index) =>
        each.splice(0, each.length, ...of(draw.oneOf(['RICE', 'PORRIDGE'])).slice(index * ASKED, (index + 1) * ASKED)),
      ),
    () => meals.forEach((each) => each.splice(0, each.length, ...Array.from({ length: ASKED }, anyOffer))),
    () => meal.splice(0, meal.length, ...meal.filter((offer) => (catalogue.offers[offer]?.judged.proteinGrams ?? 0) < 40)),
    () => meal.splice(0, meal.length, ...meal.filter((offer) => (catalogue.offers[offer]?.judged.vegetableGrams ?? 0) < 50)),
  ];
  draw.oneOf(spoil)();
  return meals;
}

function somePoint(
  draw: Draw,
  offered: readonly number[],
  { patient, vocabulary }: { patient: EvalPatient; vocabulary: Vocabulary },
): ChosenPoint {
  const point = draw.whole(0, 60) === 0 ? draw.oneOf([-1, 9_999, 0.5]) : draw.whole(0, vocabulary.points.length - 1);
  const args = vocabulary.points[point]?.args ?? [];
  const isRight = draw.whole(0, 9) > 0;
  const eaten = (): number => (patient.inputs.today.length > 0 ? draw.oneOf([...patient.inputs.today, draw.food()]) : draw.food());
  const dish = (): number => (offered.length > 0 ? draw.oneOf(offered) : draw.whole(0, 300));
  return { point, eaten: args.includes('eaten') === isRight ? eaten() : -1, dish: args.includes('dish') === isRight ? dish() : -1 };
}
