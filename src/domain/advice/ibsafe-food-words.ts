import type { FibreType, FodmapClass } from './patient-inputs.js';

const FODMAP_WORDS: readonly (readonly [RegExp, FodmapClass])[] = [
  [/^(저|낮|low|green)/u, 'LOW'],
  [/^(중|보통|moderate|medium|amber)/u, 'MODERATE'],
  [/^(고|높|high|red)/u, 'HIGH'],
];

/**
 * Reads `ibsafe_food.fodmap`, a text that people fill in: 저 / 중 / 고, 저포드맵, 고FODMAP, low, High FODMAP, FODMAP 낮음 …
 * Blank, null and anything else is UNKNOWN: a guess here would be counted as knowledge.
 */
export function fodmapClassOf(text: string | null): FodmapClass {
  if (text === null) return 'UNKNOWN';
  const word = plain(text).replace(/^(fodmap|포드맵)[:=-]?/u, '');
  for (const [pattern, fodmap] of FODMAP_WORDS) if (pattern.test(word)) return fodmap;
  return 'UNKNOWN';
}

/** Reads `ibsafe_food.dietary_fiber_type`: 수용성, 불용성, both (혼합, 수용성/불용성, both) or their English words; NONE for anything else. */
export function fibreTypeOf(text: string | null): FibreType {
  if (text === null) return 'NONE';
  const word = plain(text);
  if (/혼합|both|mixed/u.test(word)) return 'BOTH';
  const insoluble = /불용성|insoluble/u.test(word);
  // What is left once 불용성 and insoluble are gone can only be the soluble kind.
  const soluble = /수용성|soluble/u.test(word.replace(/불용성|insoluble/gu, ''));
  if (insoluble && soluble) return 'BOTH';
  if (insoluble) return 'INSOLUBLE';
  return soluble ? 'SOLUBLE' : 'NONE';
}

function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, '').toLowerCase();
}
