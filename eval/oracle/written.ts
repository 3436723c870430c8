import type { Values } from './condition.js';
import { isListed, isListedByName } from './own-foods.js';
import { reasonWord } from './not-for.js';
import { leftOutIn } from './told.js';
import type { Kind, Tongue } from './words.js';

/** The kinds as people call them. */
export const KIND_WORDS: Readonly<Record<Kind, Readonly<Record<Tongue, string>>>> = {
  FRUCTAN: { ko: '프룩탄', en: 'fructans' },
  GOS: { ko: '갈락토올리고당', en: 'galacto-oligosaccharides' },
  LACTOSE: { ko: '유당', en: 'lactose' },
  FRUCTOSE: { ko: '과당', en: 'fructose' },
  POLYOL: { ko: '당알코올', en: 'polyols' },
};

/** Whether what a sentence writes for a fact is one of the values that the evidence bears out. */
export function isWritten(fact: string, text: string, values: Values, tongue: Tongue): boolean {
  if (fact === 'plan.leftOut' || fact === 'eaten.leftOut')
    return values.includes([...(leftOutIn(text, tongue) ?? ['?'])].toSorted().join());
  if (fact === 'plan.setDishes') return isOfTables(text, values, tongue);
  if (fact === 'day.ownFoods') return isListed(text, values, tongue);
  if (fact === 'day.harmfulFoods' || fact === 'day.unsuitedFoods') return isListed(text, values, tongue, { word: reasonWord, most: 2 });
  if (fact === 'day.unsureFoods') return isListedByName(text, values, tongue);
  if (fact === 'eaten.kind') return values.some((value) => typeof value === 'string' && KIND_WORDS[value as Kind][tongue] === text);
  return values.some((value) => typeof value === 'number' && writtenAs(fact, Math.round(value), tongue) === text);
}

/** Whether each meal can be set with as many of its first dishes as are told: "아침 3·점심 4·저녁 4". */
function isOfTables(text: string, sizes: Values, tongue: Tongue): boolean {
  const told = (tongue === 'ko' ? /^아침 (\d)·점심 (\d)·저녁 (\d)$/u : /^(\d), (\d) and (\d)$/u).exec(text)?.slice(1) ?? [];
  return told.length === sizes.length && told.every((count, at) => String(sizes[at]).split(',').includes(count));
}

function writtenAs(fact: string, value: number, tongue: Tongue): string {
  if (fact === 'steps.recentDays' && tongue === 'ko') return value === 1 ? '마지막 기록일' : `최근 기록 ${value}일`;
  if (!fact.startsWith('sleep.') || fact === 'sleep.nights') return value.toLocaleString('en-US');
  const [hours, minutes] = [Math.floor(value / 60), value % 60];
  const unit = (count: number, ko: string, en: string): string[] => {
    if (count === 0) return [];
    return [tongue === 'ko' ? `${count}${ko}` : `${count} ${en}${count === 1 ? '' : 's'}`];
  };
  const parts = [...unit(hours, '시간', 'hour'), ...unit(minutes, '분', 'minute')];
  if (parts.length > 0) return parts.join(' ');
  return tongue === 'ko' ? '0분' : '0 minutes';
}
