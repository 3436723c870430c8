import type { SleepLength, SleepPlan } from './sleep-plan.js';

/** Advice on sleep in English. */
export function SLEEP_EN(plan: SleepPlan): string {
  const { minutes, length, nights, mean } = plan;
  const week = nights < 2 ? '' : ` Over ${nights} recorded nights you slept ${duration(mean)} on average.`;
  return `You slept ${duration(minutes)}, ${LENGTH[length]}${week} ${goalOf(plan)}`;
}

const LENGTH: Readonly<Record<SleepLength, string>> = {
  VERY_SHORT: 'far less than the 7 to 8 hours to aim for.',
  SHORT: 'less than the 7 to 8 hours to aim for.',
  GOOD: 'which is a good length.',
  LONG: 'more than the 7 to 8 hours to aim for.',
  TOO_LONG: 'much more than the 7 to 8 hours to aim for.',
};

function goalOf({ goal, direction }: SleepPlan): string {
  const hours = duration(goal * 60);
  if (direction === 'MORE')
    return `Try to go to bed a little earlier and aim for ${hours}. Have less caffeine and no late meal before bed.`;
  if (direction === 'LESS') return `Try to get up a little earlier and aim for ${hours}. Keep naps short.`;
  return `Keep aiming for about ${hours}, at the same times every day.`;
}

function duration(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts: string[] = [];
  if (hours > 0) parts.push(`${hours} ${hours === 1 ? 'hour' : 'hours'}`);
  if (rest > 0 || hours === 0) parts.push(`${rest} ${rest === 1 ? 'minute' : 'minutes'}`);
  return parts.join(' ');
}
