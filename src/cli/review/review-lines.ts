import type { Risk } from '../../domain/review/risk.js';
import type { NotedMark, NotedSwitch } from '../../projections/queries/review-queries.js';
import { nameOf, say } from '../words/catalogue.js';

/** A row of the sample as a command shows it: no id and no name of a person. */
export interface ShownSample {
  readonly row: string;
  readonly program: string;
  readonly targetDate: string | null;
  readonly reasons: readonly Risk[];
  readonly points: readonly string[];
  readonly dishes: readonly { readonly code: string; readonly name: string }[];
  readonly texts: {
    readonly dietEvaluation: string;
    readonly dietTarget: unknown;
    readonly exerciseEvaluation: string;
    readonly sleepEvaluation?: string | null | undefined;
  };
  readonly allergies?: unknown;
  readonly restrictions?: unknown;
}

/** A row: what it is called by, why it is shown, and what it shows. */
export function rowLines(shown: ShownSample, { place, advice }: { readonly place: number; readonly advice: boolean }): string[] {
  const { row, program, targetDate, points, dishes } = shown;
  const reasons = shown.reasons.map(({ reason, items }) => `${nameOf('RiskReason', reason)}${items.length > 1 ? ` ${items.length}` : ''}`);
  return [
    say('reviewRow', { place, program: nameOf('ProgramName', program.toUpperCase()), date: targetDate ?? '?', row }),
    say('reviewWhy', { reasons: reasons.join(', ') }),
    say('reviewPoints', { points: [...new Set(points)].join(', ') }),
    say('reviewDishes', { dishes: dishes.map(({ code, name }) => `${name} (${code})`).join(', ') }),
    ...(advice ? textLines(shown) : []),
  ];
}

function textLines({ texts, allergies, restrictions }: ShownSample): string[] {
  const { dietEvaluation, dietTarget, exerciseEvaluation, sleepEvaluation } = texts;
  const summary = typeof dietTarget === 'object' && dietTarget !== null && 'Summary' in dietTarget ? String(dietTarget.Summary) : '';
  const said = [dietEvaluation, exerciseEvaluation, sleepEvaluation ?? '', summary].filter((text) => text !== '');
  return [
    say('reviewAvoids', {
      items: [...namesIn(allergies), ...namesIn(restrictions)].map((each) => nameOf('Avoided', each)).join(', ') || '–',
    }),
    ...said.map((text) => `   ${text}`),
  ];
}

function namesIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

/** A mark in a table. */
export function markCells({ markId, data, note, recallId, actor, markedAt }: NotedMark): string[] {
  const about = [...data.points, ...data.dishes].join(', ');
  return [nameOf('MarkVerdict', data.verdict), about, note ?? '', recallId ?? '', actor, dayOf(markedAt), markId];
}

/** A point's switch in a table. */
export function switchCells({ point, isOff, reason, actor, changedAt }: NotedSwitch): string[] {
  return [say(isOff ? 'switchIsOff' : 'switchIsOn'), point, reason ?? '', actor, dayOf(changedAt)];
}

function dayOf(moment: string): string {
  return `${moment.slice(0, 16).replace('T', ' ')} UTC`;
}
