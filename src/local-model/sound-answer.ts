import type { ChatRequest } from './chat-request.js';

/** What the local model answers with. Fields as the prompt asks for them; a test may put anything else in. */
export interface LocalAnswer {
  breakfast: string[];
  lunch: string[];
  dinner: string[];
  summary: string;
  dietEvaluation: string;
  exerciseEvaluation: string;
  exerciseTarget: number;
}

/**
 * An answer that keeps to everything the prompt asks for: dishes of its lists, as many as it wants, a goal within its bounds. The same prompt and seed
 * give the same answer.
 */
export function soundAnswer({ messages, seed = 0 }: ChatRequest): LocalAnswer {
  const prompt = messages.find(({ role }) => role === 'user')?.content ?? '';
  const [breakfast = [], lunch = [], dinner = []] = [...prompt.matchAll(/^.*?: (\[(?:\{"id":.*\})?\])$/gmu)].map(([, list]) => idsOf(list));
  const [, counts = '6,6,6'] = /: \[(\d+,\d+,\d+)\]$/mu.exec(prompt) ?? [];
  const [forBreakfast = 6, forLunch = 6, forDinner = 6] = counts.split(',').map(Number);
  const { least, most } = JSON.parse(/\{"least":\d+,"most":\d+\}/u.exec(prompt)?.[0] ?? '{"least":1000,"most":1000}') as Bounds;
  const exerciseTarget = Math.max(least, Math.floor(most / 100) * 100 || most);
  return {
    breakfast: some(breakfast, forBreakfast, seed),
    lunch: some(lunch, forLunch, seed),
    dinner: some(dinner, forDinner, seed),
    ...(/[가-힣]/u.test(messages[0]?.content ?? '') ? korean(exerciseTarget) : english(exerciseTarget)),
    exerciseTarget,
  };
}

interface Bounds {
  readonly least: number;
  readonly most: number;
}

function idsOf(list = '[]'): string[] {
  return (JSON.parse(list) as { id: string }[]).map(({ id }) => id);
}

function some(ids: readonly string[], count: number, seed: number): string[] {
  const start = ids.length === 0 ? 0 : seed % ids.length;
  return [...ids.slice(start), ...ids.slice(0, start)].slice(0, count);
}

function korean(goal: number): Pick<LocalAnswer, 'summary' | 'dietEvaluation' | 'exerciseEvaluation'> {
  return {
    summary: '속이 편안한 저FODMAP 음식으로 하루를 골고루 담았어요. 끼니마다 마음에 드는 것을 골라 드세요.',
    dietEvaluation: '어제 드신 음식을 FODMAP과 식이섬유로 살펴보았어요. 오늘은 저FODMAP 음식을 조금 더 곁들여 보세요.',
    exerciseEvaluation: `요즘 걸음에 맞추어 하루 ${goal}보를 목표로 잡았어요. 편안한 속도로 걸어 보세요.`,
  };
}

function english(goal: number): Pick<LocalAnswer, 'summary' | 'dietEvaluation' | 'exerciseEvaluation'> {
  return {
    summary: 'Gentle low-FODMAP dishes for the whole day; choose what you like at each meal.',
    dietEvaluation: 'I looked at what you ate yesterday in terms of FODMAPs and fibre. A few more low-FODMAP dishes may suit you today.',
    exerciseEvaluation: `Your goal follows your recent days: ${goal} steps a day, at a pace that feels easy.`,
  };
}
