import { addDays, type LocalDate } from '../domain/local-date.js';
import { copyRow } from './copy-text.js';
import type { DemoUser } from './demo-user.js';

/** The columns of `interventionRow`, in its order. */
export const INTERVENTION_COLUMNS = `id, user_id, record_date, target_date, gubun, diet_evaluation, diet_target, exercise_evaluation,
  exercise_target, processing_time, input_week_step, input_use_rag, input_ollama_model, created_at, updated_at`;

const EXERCISE_TARGET = 6_000;

/**
 * The intervention of a patient who has one before the run comes: what the original would have left at nine the next morning. Its texts say
 * that it was there before, so that a reader of the demo can tell it from what the run wrote.
 */
export function interventionRow(user: DemoUser, recordDate: LocalDate, id: number): string {
  const targetDate = addDays(recordDate, 1);
  const writtenAt = `${targetDate} 09:00:00+09`;
  const dietTarget = { Breakfast: ['흰죽'], Lunch: ['쌀밥'], Dinner: ['쌀밥'], Summary: '배치 실행 전에 이미 있던 식단 권고입니다.' };
  const weekSteps = user.exercise.slice(-7).map(({ currentSteps }) => currentSteps);
  return copyRow([
    id,
    user.id,
    recordDate,
    targetDate,
    'all',
    '배치 실행 전에 이미 있던 식단 평가입니다.',
    JSON.stringify(dietTarget),
    '배치 실행 전에 이미 있던 운동 평가입니다.',
    EXERCISE_TARGET,
    0.05,
    JSON.stringify(weekSteps),
    false,
    'RULE',
    writtenAt,
    writtenAt,
  ]);
}
