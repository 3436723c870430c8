import { SLEEP_DIRECTIONS, SLEEP_LENGTHS } from '../../programs/sleep/sleep-plan.js';
import { figure, word, writtenFigure, type Fact } from './fact.js';

/** The night before the record date, the nights of the week, and the next goal. */
export const SLEEP_FACTS: readonly Fact[] = [
  writtenFigure(
    figure('sleep.minutes', 'PATIENT', 'minutes slept in the night that ended on the record date', ({ sleep }) => sleep?.minutes),
    duration,
  ),
  writtenFigure(
    figure('sleep.mean', 'PATIENT', 'mean minutes of the recorded nights of seven days, rounded', ({ sleep }) => sleep?.mean),
    duration,
  ),
  writtenFigure(figure('sleep.nights', 'PATIENT', 'recorded nights of the last seven days, 1 to 7', ({ sleep }) => sleep?.nights)),
  writtenFigure(
    figure('sleep.goal', 'PATIENT', 'the next goal in minutes', ({ sleep }) => sleep && sleep.goal * 60),
    duration,
  ),
  word('sleep.length', 'PATIENT', { is: 'up to 4, 6, 8, 10 hours, or more', words: SLEEP_LENGTHS }, ({ sleep }) => sleep?.length),
  word(
    'sleep.direction',
    'PATIENT',
    { is: 'which way the goal lies from the mean', words: SLEEP_DIRECTIONS },
    ({ sleep }) => sleep?.direction,
  ),
];

/** Minutes as people say them. In Korean it always ends in 간 or 분, which take the same particles. */
function duration(value: number, language: 'ko' | 'en'): string {
  const minutes = Math.round(value);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const parts: string[] = [];
  if (language === 'ko') {
    if (hours > 0) parts.push(`${hours}시간`);
    if (rest > 0 || hours === 0) parts.push(`${rest}분`);
  } else {
    if (hours > 0) parts.push(`${hours} ${hours === 1 ? 'hour' : 'hours'}`);
    if (rest > 0 || hours === 0) parts.push(`${rest} ${rest === 1 ? 'minute' : 'minutes'}`);
  }
  return parts.join(' ');
}
