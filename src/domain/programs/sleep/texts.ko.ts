import type { SleepLength, SleepPlan } from './sleep-plan.js';

/** Advice on sleep in Korean. */
export function SLEEP_KO(plan: SleepPlan): string {
  const { minutes, length, nights, mean } = plan;
  const week = nights < 2 ? '' : ` 최근 기록 ${nights}일의 평균은 ${duration(mean)}이에요.`;
  return `기록된 수면은 ${duration(minutes)}으로, ${LENGTH[length]}${week} ${goalOf(plan)}`;
}

const LENGTH: Readonly<Record<SleepLength, string>> = {
  VERY_SHORT: '권장 7~8시간에 크게 못 미쳤어요.',
  SHORT: '권장 7~8시간보다 짧았어요.',
  GOOD: '알맞은 편이에요.',
  LONG: '권장 7~8시간보다 길었어요.',
  TOO_LONG: '권장 7~8시간보다 많이 길었어요.',
};

function goalOf({ goal, direction }: SleepPlan): string {
  const hours = duration(goal * 60);
  if (direction === 'MORE') return `잠자리에 조금 일찍 들어 ${hours}을 목표로 해 보세요. 잠들기 전 카페인과 늦은 식사는 줄여 보세요.`;
  if (direction === 'LESS') return `아침에 조금 일찍 일어나 ${hours}을 목표로 해 보세요. 낮잠은 짧게 주무세요.`;
  return `앞으로도 ${hours} 안팎을 목표로, 같은 시간에 잠들고 일어나 보세요.`;
}

/** Minutes as people say them. Always ends in 간 or 분, which take the same particles. */
function duration(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest}분`;
  return rest === 0 ? `${hours}시간` : `${hours}시간 ${rest}분`;
}
