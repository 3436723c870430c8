/** Ends of a text that eats all but one thing. */
const ALL_ELSE = String.raw`(?=\s?(?:다(?![가-힣])|전부|모두|뭐든|무엇이든|아무거나|괜찮|상관|ok))`;

/** What is drawn in place of a word. */
const DRAWN: readonly (readonly [drawn: RegExp, word: string])[] = [
  [/\u{1F95C}/gu, ' 땅콩 '],
  [/\u{1F990}/gu, ' 새우 '],
  [/\u{1F980}/gu, ' 꽃게 '],
  [/\u{1F99E}/gu, ' 가재 '],
  [/\u{1F991}/gu, ' 오징어 '],
  [/\u{1F419}/gu, ' 문어 '],
  [/\u{1F9AA}/gu, ' 굴 '],
  [/[\u{1F41F}\u{1F363}]/gu, ' 생선 '],
  [/\u{1F95B}/gu, ' 우유 '],
  [/\u{1F9C0}/gu, ' 치즈 '],
  [/[\u{1F95A}\u{1F373}]/gu, ' 계란 '],
  [/[\u{1F35E}\u{1F956}]/gu, ' 빵 '],
  [/\u{1F33E}/gu, ' 밀 '],
  [/[\u{1F437}\u{1F416}]/gu, ' 돼지고기 '],
  [/[\u{1F404}\u{1F42E}]/gu, ' 소고기 '],
  [/[\u{1F414}\u{1F357}]/gu, ' 닭고기 '],
  [/\u{1F336}\uFE0F?/gu, ' 매운 음식 '],
];

/** Words as people type them, and how the words that are known are spelt. */
const SPELLINGS: readonly (readonly [typed: RegExp, known: string])[] = [
  ...DRAWN,
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
  // As people say it: 우유 조아요, 새우 못머거요, 계란 시러요, 우유 먹음 배아파요.
  [/(?<![가-힣])조(?=[아와]\s?(?:[요해하함]|$)|은데|음(?![가-힣]))/gu, '좋'],
  [/좋와/gu, '좋아'],
  [/[못몬]\s?머(?=[거그])/gu, '못 머'],
  [/(못|안)\s?머[거그]/gu, '$1 먹어'],
  [/(못|안)\s?머금(?![가-힣])/gu, '$1 먹음'],
  [/시[러로](?=[요함해워]|$|\s)|(?<![가-힣])실어(?=[요함해]|$)/gu, '싫어'],
  [/(먹|마시|드시)음\s?(?=(?:배|속|설사|복통|두드러기|가스|체[했하해]|토[해하함]|목|입|숨|가[려렵]))/gu, '$1으면 '],
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
