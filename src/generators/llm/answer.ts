import { z } from 'zod';
import type { Catalogue } from '../../domain/advice/catalogue/catalogue.js';
import type { DailyAdvice } from '../../domain/advice/daily-advice.js';
import { dietFiguresOf } from '../../domain/advice/diet-figures.js';
import type { FoodBook, PatientInputs } from '../../domain/advice/patient-inputs.js';
import type { AdviceLanguage } from '../../domain/advice/language.js';

/**
 * What a model is asked for. Bare types: endpoints that take a schema differ in which bounds they know, and some refuse the others. The bounds are
 * the safety gate's.
 */
export const ANSWER = z.object({
  breakfast: z.array(z.string()),
  lunch: z.array(z.string()),
  dinner: z.array(z.string()),
  summary: z.string(),
  dietEvaluation: z.string(),
  exerciseEvaluation: z.string(),
  exerciseTarget: z.number(),
});

/** A model's answer, understood and not yet judged. */
export type Answer = z.output<typeof ANSWER>;

/** Longest answer that is read, in characters: several times what a good one takes. */
const MOST_ANSWER = 20_000;
/** Dishes of a meal beyond which nothing more is learnt from an answer. */
const MOST_DISHES = 40;

/** Reads an answer out of a model's words: the JSON object in them, whatever stands around it. @returns undefined when there is none */
export function readAnswer(text: string): Answer | undefined {
  if (text.length > MOST_ANSWER) return undefined;
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')];
  if (from < 0 || to < from) return undefined;
  try {
    const parsed = ANSWER.safeParse(JSON.parse(text.slice(from, to + 1)));
    if (!parsed.success) return undefined;
    const { breakfast, lunch, dinner } = parsed.data;
    return [breakfast, lunch, dinner].some((meal) => meal.length > MOST_DISHES) ? undefined : parsed.data;
  } catch {
    return undefined; // the parser's message quotes the text
  }
}

/** What it takes to make advice of an answer. */
export interface AnswerContext {
  readonly catalogue: Catalogue;
  readonly language: AdviceLanguage;
  readonly book: FoodBook;
}

/** The advice that an answer gives, for the gate to judge. An id that no food has becomes index -1; names are the catalogue's own, never the model's. */
export function adviceOf(answer: Answer, inputs: PatientInputs, { catalogue, language, book }: AnswerContext): DailyAdvice {
  const foods = [answer.breakfast, answer.lunch, answer.dinner].map((meal) => meal.map((id) => catalogue.indexOfCode(id)));
  const names = foods.map((meal) =>
    meal.map((index) => {
      const food = catalogue.foods[index];
      return (language === 'ko' ? food?.nameKo : food?.nameEn) ?? '';
    }),
  );
  const [Breakfast = [], Lunch = [], Dinner = []] = names;
  const { low, moderate, high, unknown } = dietFiguresOf(inputs.today, book);
  return {
    dietEvaluation: oneLine(answer.dietEvaluation),
    dietTarget: { Breakfast, Lunch, Dinner, Summary: oneLine(answer.summary) },
    dietFoods: foods.flat(),
    fodmapCount: { low, moderate, high, unknown },
    exerciseEvaluation: oneLine(answer.exerciseEvaluation),
    exerciseTarget: answer.exerciseTarget,
    shortages: [],
  };
}

/** Models break lines where they were asked not to; that alone is no reason to ask again. */
function oneLine(text: string): string {
  return text.replace(/[\t\n\r ]+/gu, ' ').trim();
}
