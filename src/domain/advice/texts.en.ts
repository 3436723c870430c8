import type { AdviceTexts, SummaryFacts } from './advice-texts.js';
import type { FoodCategory } from './catalogue-food.js';
import { FIBRE_SOURCE_GRAMS, type DietFigures } from './diet-figures.js';
import { stepFigure } from './step-figure.js';
import { STEP_TARGET, type StepPlan } from './step-plan.js';

/** Advice in English. */
export const TEXTS_EN: AdviceTexts = {
  foodName: (food) => food.nameEn,
  dietEvaluation: (figures) =>
    figures.foods === 0
      ? 'No food was recorded, so your diet was not assessed.'
      : `${counted(figures)} ${fodmapHint(figures)} ${fibreHint(figures)}`,
  dietSummary,
  exerciseEvaluation: (plan) => `${levelOf(plan)} ${regularityOf(plan)}${goalOf(plan)}`,
};

function counted({ foods, low, moderate, high, unknown }: DietFigures): string {
  if (low === foods)
    return foods === 1 ? 'The one food you recorded is low in FODMAPs.' : `All ${foods} foods you recorded are low in FODMAPs.`;
  const parts: string[] = [];
  if (low > 0) parts.push(`${low} low in FODMAPs`);
  if (moderate > 0) parts.push(`${moderate} moderate`);
  if (high > 0) parts.push(`${high} high in FODMAPs`);
  if (unknown > 0) parts.push(`${unknown} not classified yet`);
  return `You recorded ${foods} ${foods === 1 ? 'food' : 'foods'}: ${listed(parts)}.`;
}

function fodmapHint({ foods, low, moderate, high, unknown, highFood }: DietFigures): string {
  if (high > 0 && highFood !== null) {
    const lead = high * 2 > foods ? 'That is a good share of high-FODMAP food; try' : 'Try';
    const food = highFood === '' ? 'one of them' : `“${highFood}”`;
    return high === 1
      ? `${lead} a low-FODMAP dish in place of ${food}.`
      : `${lead} swapping ${food} and the other high-FODMAP foods for low-FODMAP ones, one at a time.`;
  }
  if (unknown === foods) return 'None of it is classified yet, so FODMAPs were not assessed.';
  if (moderate > 0) return 'It is good that none is high in FODMAPs; try slightly smaller portions of the moderate ones.';
  return low === foods ? 'Well chosen; keep going like this.' : 'It is good that none of the classified foods is high in FODMAPs.';
}

function fibreHint({ soluble, insoluble, bothFibres, fibreSources }: DietFigures): string {
  const lead = `${fibreSources} of them ${fibreSources === 1 ? 'has' : 'have'} at least ${FIBRE_SOURCE_GRAMS} g of fibre in 100 g`;
  if (soluble + insoluble + bothFibres === 0) {
    return fibreSources > 0 ? `${lead}.` : 'Nothing in it is known for its fibre, so consider adding some vegetables or brown rice.';
  }
  const start = fibreSources > 0 ? `${lead}; your fibre was` : 'Your fibre was';
  if (insoluble + bothFibres === 0) return `${start} mostly soluble, so consider adding brown rice or spinach.`;
  if (soluble + bothFibres === 0) return `${start} mostly insoluble, so consider adding potato or carrot.`;
  return `${start} a mix of soluble and insoluble.`;
}

const CATEGORY: Readonly<Record<FoodCategory, string>> = {
  RICE: 'rice dishes',
  PORRIDGE: 'porridges',
  NOODLE: 'noodle dishes',
  SOUP_STEW: 'soups and stews',
  SIDE_DISH: 'side dishes',
  PROTEIN_MAIN: 'protein dishes',
  FRUIT: 'fruit',
  DRINK: 'drinks',
  SNACK: 'snacks',
};

function dietSummary({ avoidsAllergens, avoidsSoySauce, short }: SummaryFacts): string {
  const left = avoidsAllergens
    ? 'What you ate in the last 3 days and what you must avoid is left out.'
    : 'What you ate in the last 3 days is left out.';
  const sauce = avoidsSoySauce ? ' Please season with salt instead of soy sauce or soybean paste.' : '';
  const names = listed(short.map((category) => CATEGORY[category]));
  const shortage = short.length > 0 ? ` There are fewer ${names} than planned, because no more were suitable.` : '';
  return `These are low-FODMAP dishes: choose what you like at each meal, and cook without garlic and onion. ${left}${sauce}${shortage}`;
}

const LEVEL = {
  VERY_LOW: `less than half of the standard ${stepFigure(STEP_TARGET)}.`,
  LOW: `somewhat below the standard ${stepFigure(STEP_TARGET)}.`,
  ADEQUATE: `close to the standard ${stepFigure(STEP_TARGET)}.`,
  HIGH: `well above the standard ${stepFigure(STEP_TARGET)}.`,
};

function levelOf({ days, mean, level }: StepPlan): string {
  if (mean === 0)
    return days === 1 ? 'No steps were recorded on your last day.' : `Hardly any steps were recorded on your last ${days} days.`;
  const steps = mean === 1 ? '1 step' : `${stepFigure(mean)} steps`;
  const walked = days === 1 ? `On your last recorded day you walked ${steps}` : `You walked ${steps} a day over ${days} recorded days`;
  return `${walked}, ${LEVEL[level]}`;
}

const REGULARITY = {
  VERY_REGULAR: 'Your steps were very regular.',
  REGULAR: 'Your steps were regular.',
  SOMEWHAT_IRREGULAR: 'Your steps were somewhat irregular.',
  IRREGULAR: 'Your steps were irregular.',
};

function regularityOf({ days, regularity }: StepPlan): string {
  if (regularity !== null) return `${REGULARITY[regularity]} `;
  return days === 1 ? 'With four recorded days or more you will also learn how regularly you walk. ' : '';
}

function goalOf({ goal, reason }: StepPlan): string {
  const steps = goal === 1 ? '1 step a day' : `${stepFigure(goal)} steps a day`;
  if (reason === 'FIRST') return `Your next goal is ${steps}, an easy start.`;
  if (reason === 'CAPPED') return `Your next goal is ${steps}, only a little more than lately so that it stays comfortable.`;
  if (reason === 'EASED') return `You walked more than that lately, so keep up your next goal of ${steps} at your ease.`;
  return `Your next goal is ${steps}.`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
