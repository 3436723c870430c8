import type { FodmapClass } from './catalogue/fodmap-class.js';

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

/**
 * The class that IBSafe states of a food: by `fodmap`, and where that is blank by a `fodmap_basis` that begins with a class by its whole name (저포드맵: …, High FODMAP …). Null where it
 * states none: other words of a reason are no class, for 고기 is not 고.
 */
export function statedClassOf(fodmap: string | null, basis: string | null): Exclude<FodmapClass, 'UNKNOWN'> | null {
  const word = fodmapClassOf(fodmap);
  if (word !== 'UNKNOWN') return word;
  if ((fodmap ?? '').trim() !== '') return null;
  const [, named = null] = WHOLE_NAME.exec(plain(basis ?? '')) ?? [];
  const stated = fodmapClassOf(named);
  return stated === 'UNKNOWN' ? null : stated;
}

const WHOLE_NAME = /^(저|중|고|low|moderate|high)-?(?:fodmap|포드맵)/u;

function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, '').toLowerCase();
}
