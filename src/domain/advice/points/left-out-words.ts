/** In the order of `LEFT_OUT_EVERYWHERE`. */
const LEFT_OUT_WORDS = {
  ko: ['마늘', '양파', '파 흰 부분', '대파', '다시마'],
  en: ['garlic', 'onion', 'scallion whites', 'leek', 'kelp'],
} as const;

/** By bits. */
const LEFT_OUT_LISTS = { ko: listsOf(LEFT_OUT_WORDS.ko, '·', '·'), en: listsOf(LEFT_OUT_WORDS.en, ', ', ' and ') };

function listsOf(words: readonly string[], between: string, beforeLast: string): readonly string[] {
  return Array.from({ length: 1 << words.length }, (_, bits) => {
    const named = words.filter((_word, bit) => (bits & (1 << bit)) !== 0);
    const last = named.pop() ?? '';
    return named.length === 0 ? last : `${named.join(between)}${beforeLast}${last}`;
  });
}

/** What is left out, by bits of `LEFT_OUT_EVERYWHERE`: "마늘·양파·다시마", "garlic, onion and kelp". */
export function leftOutWords(bits: number, language: 'ko' | 'en'): string {
  return LEFT_OUT_LISTS[language][bits] ?? '';
}
