import type { AdviceTexts, SummaryFacts } from './advice-texts.js';
import type { FoodCategory } from './catalogue-food.js';
import { FIBRE_SOURCE_GRAMS, type DietFigures } from './diet-figures.js';
import { asSubject, quotedAsObject } from './korean-particles.js';
import { stepFigure } from './step-figure.js';
import { STEP_TARGET, type StepPlan } from './step-plan.js';

/**
 * Advice in Korean, short enough to be read on a phone. A row of IBSafe's that stays below 2 kB is also spared PostgreSQL's compression, which cost
 * a run more than the rules do.
 */
export const TEXTS_KO: AdviceTexts = {
  foodName: (food) => food.nameKo,
  dietEvaluation: (figures) =>
    figures.foods === 0
      ? '기록된 음식이 없어 식단은 평가하지 않았어요.'
      : `${counted(figures)} ${fodmapHint(figures)} ${fibreHint(figures)}`,
  dietSummary,
  exerciseEvaluation: (plan) => `${levelOf(plan)} ${regularityOf(plan)}${goalOf(plan)}`,
};

function counted({ foods, low, moderate, high, unknown }: DietFigures): string {
  if (low === foods) return foods === 1 ? '드신 음식 1가지는 저FODMAP이에요.' : `드신 음식 ${foods}가지 모두 저FODMAP이에요.`;
  let list = '';
  if (low > 0) list += `, 저FODMAP이 ${low}가지`;
  if (moderate > 0) list += `, 중간이 ${moderate}가지`;
  if (high > 0) list += `, 고FODMAP이 ${high}가지`;
  if (unknown > 0) list += `, 미분류가 ${unknown}가지`;
  return `드신 음식 ${foods}가지 중${list.slice(1)}예요.`;
}

function fodmapHint({ foods, low, moderate, high, unknown, highFood }: DietFigures): string {
  if (high > 0 && highFood !== null) {
    const lead = high * 2 > foods ? '고FODMAP이 많은 편이니 ' : '';
    const food = highFood === '' ? '그 음식을' : quotedAsObject(highFood);
    return high === 1 ? `${lead}${food} 저FODMAP 음식으로 바꿔 보세요.` : `${lead}${food} 비롯해 하나씩 저FODMAP 음식으로 바꿔 보세요.`;
  }
  if (unknown === foods) return '아직 분류되지 않은 음식이라 FODMAP은 평가하지 않았어요.';
  if (moderate > 0) return '고FODMAP 음식이 없어 좋고, 중간 FODMAP 음식은 양을 조금 줄여 보세요.';
  return low === foods ? '잘 고르셨으니 지금처럼 이어 가 보세요.' : '분류된 음식 가운데 고FODMAP 음식이 없어 좋아요.';
}

function fibreHint({ soluble, insoluble, bothFibres, fibreSources }: DietFigures): string {
  const lead = `식이섬유가 많은 음식(100 g에 ${FIBRE_SOURCE_GRAMS} g 이상)이 ${fibreSources}가지`;
  if (soluble + insoluble + bothFibres === 0) {
    return fibreSources > 0 ? `${lead} 있었어요.` : '식이섬유가 알려진 음식이 없으니 채소나 현미를 조금 곁들여 보세요.';
  }
  const start = fibreSources > 0 ? `${lead} 있었고, ` : '식이섬유는 ';
  if (insoluble + bothFibres === 0) return `${start}주로 수용성이니 현미나 시금치도 곁들여 보세요.`;
  if (soluble + bothFibres === 0) return `${start}주로 불용성이니 감자나 당근도 곁들여 보세요.`;
  return `${start}수용성과 불용성을 고루 드셨어요.`;
}

const CATEGORY: Readonly<Record<FoodCategory, string>> = {
  RICE: '밥',
  PORRIDGE: '죽',
  NOODLE: '면 요리',
  SOUP_STEW: '국·찌개',
  SIDE_DISH: '반찬',
  PROTEIN_MAIN: '단백질 요리',
  FRUIT: '과일',
  DRINK: '음료',
  SNACK: '간식',
};

function dietSummary({ avoidsAllergens, avoidsSoySauce, short }: SummaryFacts): string {
  const left = avoidsAllergens ? '최근 3일간 드신 음식과 피하셔야 하는 식품은 뺐어요.' : '최근 3일간 드신 음식은 뺐어요.';
  const sauce = avoidsSoySauce ? ' 간장과 된장 대신 소금으로 간해 주세요.' : '';
  const names = short.map((category) => CATEGORY[category]).join(', ');
  const shortage = short.length > 0 ? ` 권해 드릴 수 있는 ${asSubject(names)} 모자라 계획보다 적게 담았어요.` : '';
  return `끼니마다 마음에 드는 것을 고르시고, 마늘과 양파는 빼고 조리해 주세요. ${left}${sauce}${shortage}`;
}

const LEVEL = {
  VERY_LOW: `기준 ${stepFigure(STEP_TARGET)}보의 절반에 못 미쳤어요.`,
  LOW: `기준 ${stepFigure(STEP_TARGET)}보에 조금 못 미쳤어요.`,
  ADEQUATE: `기준 ${stepFigure(STEP_TARGET)}보에 알맞아요.`,
  HIGH: `기준 ${stepFigure(STEP_TARGET)}보를 넉넉히 넘었어요.`,
};

function levelOf({ days, mean, level }: StepPlan): string {
  if (mean === 0) return days === 1 ? '마지막으로 기록된 날에는 걸음이 없었어요.' : `최근 기록 ${days}일 동안 걸음이 거의 없었어요.`;
  const when = days === 1 ? '마지막으로 기록된 날' : `최근 ${days}일 하루 평균`;
  return `${when} ${stepFigure(mean)}보로 ${LEVEL[level]}`;
}

const REGULARITY = {
  VERY_REGULAR: '걸음 수는 아주 고른 편이에요.',
  REGULAR: '걸음 수는 고른 편이에요.',
  SOMEWHAT_IRREGULAR: '걸음 수는 조금 들쭉날쭉해요.',
  IRREGULAR: '걸음 수는 많이 들쭉날쭉해요.',
};

function regularityOf({ days, regularity }: StepPlan): string {
  if (regularity !== null) return `${REGULARITY[regularity]} `;
  return days === 1 ? '기록이 나흘 이상 쌓이면 얼마나 고르게 걸으시는지도 알려 드릴게요. ' : '';
}

function goalOf({ goal, reason }: StepPlan): string {
  const steps = `하루 ${stepFigure(goal)}보`;
  if (reason === 'FIRST') return `다음 목표는 ${steps}이니 가볍게 시작해 보세요.`;
  if (reason === 'CAPPED') return `다음 목표는 ${steps}로, 무리 없게 조금만 늘렸어요.`;
  if (reason === 'EASED') return `이미 더 걷고 계시니 다음 목표 ${steps}를 편안하게 이어 가 보세요.`;
  return `다음 목표는 ${steps}예요.`;
}
