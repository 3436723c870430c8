/** Ends of a text that eats all but one thing. */
const ALL_ELSE = String.raw`(?=\s?(?:다(?![가-힣])|전부|모두|뭐든|무엇이든|아무거나|괜찮|상관|ok))`;

/** Words as people type them, and how the words that are known are spelt. */
const SPELLINGS: readonly (readonly [typed: RegExp, known: string])[] = [
  [/[’‘]/gu, "'"],
  [/\bn\/a\b/gu, 'none'],
  [/\bcan not\b/gu, 'cannot'],
  [/\bcant\b/gu, "can't"],
  // Dialect: 몬 무예, 안 묵심더, 무면.
  [/(?<![가-힣])[몬못]\s?[묵먹](?=[^은\s]|$)/gu, '못 먹'],
  [/(?<![가-힣])안\s?[묵먹](?=[^은\s]|$)/gu, '안 먹'],
  [/(?<=[가-힣]\s)(?:무|묵으)[면모](?=\s)/gu, '먹으면'],
  [/밀가리/gu, '밀가루'],
  [/알(?:르레기|레그기|레리기|러리지|르지|레쥐|러쥐|레르지|레르게)/gu, '알레르기'],
  // Marks for what is not eaten: 우유❌, 땅콩ㄴㄴ.
  [/\s*[✗✘✖❌❎🚫⛔]\uFE0F?\s*/gu, ' x '],
  [/([가-힣])[x×](?=$|[\s,.!)])/gu, '$1 x'],
  [/\s?(?:ㄴㄴ|노노|노땡큐|사절)(?![가-힣])/gu, ' 안 먹음'],
  [new RegExp(String.raw`만\s?(?:아니면|아니라면)${ALL_ELSE}`, 'gu'), ' 빼고'],
  [new RegExp(String.raw`\s?이?외(?:엔|에는|에)${ALL_ELSE}`, 'gu'), ' 빼고'],
];

/** A text in small letters, its words spelt as they usually are. */
export function usuallySpelt(text: string): string {
  return SPELLINGS.reduce((all, [typed, known]) => all.replaceAll(typed, known), text.normalize('NFC').toLowerCase());
}
