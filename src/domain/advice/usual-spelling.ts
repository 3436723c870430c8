import { composed } from './jamo.js';

/** The disease that all have whom the advice is for: its name holds a word of harm (`과민`), and names no food. */
const OWN_DISEASE =
  /(?:(?:설사|변비|혼합|복합|교대)\s?형\s?(?:의\s?)?)?(?:과민\s?성?\s?(?:대장|장|방광)(?:\s?(?:증후군|증상|질환|증|염))?|\bibs(?:\s?-?\s?[dcmu])?\b|\birritable bowel(?: syndrome)?)/gu;

/** The same in short: `변비형 과민성`, or `과민성` where no food stands before it, of which it would tell an allergy. */
const OWN_DISEASE_IN_SHORT =
  /(?:(?:설사|변비|혼합|복합|교대)\s?형\s?|(?<=(?:^|[,.;\n])\s*))과민\s?성(?!\s?(?:쇼크|반응|면역|피부|폐|혈관|알|비염|천식|두드러기))(?:이에요|예요|이라서?|이고|인데|입니다|이|임)?(?![가-힣])/gu;

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
  [/\u{1F364}/gu, ' 새우 '],
  [/[\u{1F420}\u{1F421}]/gu, ' 생선 '],
  [/[\u{1F366}\u{1F368}]/gu, ' 아이스크림 '],
  [/\u{1F9C8}/gu, ' 버터 '],
  [/\u{1FAD8}/gu, ' 콩 '],
  [/\u{1F969}/gu, ' 소고기 '],
  [/\u{1F953}/gu, ' 돼지고기 '],
  [/\u{1F356}/gu, ' 고기 '],
  [/\u{1F330}/gu, ' 밤 '],
  [/\u{1F351}/gu, ' 복숭아 '],
  [/\u{1F353}/gu, ' 딸기 '],
  [/\u{1F95D}/gu, ' 키위 '],
  [/\u{1F345}/gu, ' 토마토 '],
  [/\u{1F33D}/gu, ' 옥수수 '],
  [/\u{1F954}/gu, ' 감자 '],
  [/\u{1F360}/gu, ' 고구마 '],
  [/\u{1F955}/gu, ' 당근 '],
  [/\u{1F9C5}/gu, ' 양파 '],
  [/\u{1F9C4}/gu, ' 마늘 '],
  [/\u{1F344}/gu, ' 버섯 '],
  [/\u{1F34C}/gu, ' 바나나 '],
  [/\u{1F34D}/gu, ' 파인애플 '],
  [/\u{1F34A}/gu, ' 귤 '],
  [/[\u{1F34E}\u{1F34F}]/gu, ' 사과 '],
  [/\u{1F347}/gu, ' 포도 '],
  [/\u{1F349}/gu, ' 수박 '],
  [/\u{1F952}/gu, ' 오이 '],
  [/\u{1F346}/gu, ' 가지 '],
  [/\u{1F35A}/gu, ' 밥 '],
];

/** What is drawn beside a food: a warning, a ban, that it is eaten. A warning is no cross: `새우 알레르기 \u2620` has none of `알레르기 x`. */
const DRAWN_OF_FOODS: readonly (readonly [drawn: RegExp, word: string])[] = [
  [/[\u2620\u26A0\u{1F480}\u{1F6A8}\u{1F922}\u{1F92E}\u{1F635}\u{1F631}]\uFE0F?/gu, ' 위험 '],
  [/[\u{1F6AB}\u26D4]\uFE0F?/gu, ' 금지 '],
  // 🥛➡️💩
  [/\s*(?:[\u2192\u27A1]\uFE0F?|[=-]>|=)\s*(?=\u{1F4A9})/gu, ' 먹으면 '],
  [/\u{1F4A9}/gu, ' 설사 '],
  // Of a test: 새우(+), 새우 +++.
  [/\s?\(\s*\++\s*\)|(?<=[가-힣])\s?\+{2,}/gu, ' 양성 '],
  [/\s?\(\s*-+\s*\)/gu, ' 음성 '],
  [/(?:\u{1F645}|\u{1F44E})[\u{1F3FB}-\u{1F3FF}]?(?:\u200D[\u2640\u2642]\uFE0F?)?/gu, ' 안됨 '],
  [/[\u2B55\u2705\u2714\u{1F44C}\u{1F44D}][\u{1F3FB}-\u{1F3FF}]?\uFE0F?/gu, ' ok '],
];

/** Foods in the letters of English, as their Korean names sound. */
const ROMANISED: readonly (readonly [typed: RegExp, known: string])[] = [
  [/\bsaeu\b/gu, '새우'],
  [/\b(?:tt|dd|t)angkong\b/gu, '땅콩'],
  [/\b(?:gyeran|gyelan|dalgyal)\b/gu, '계란'],
  [/\b(?:uyu|wooyoo)\b/gu, '우유'],
  [/\b(?:milgaru|milgaroo)\b/gu, '밀가루'],
  [/\bmemil\b/gu, '메밀'],
  [/\b(?:dubu|doobu)\b/gu, '두부'],
  [/(?<!hong\s)\bkong\b/gu, '콩'],
  [/\b(?:dwaeji|doaeji)(?:\s?-?gogi)?\b/gu, '돼지고기'],
  [/\bso[eo]?\s?-?gogi\b/gu, '소고기'],
  [/\bdak\s?-?gogi\b/gu, '닭고기'],
  [/\bgogi\b/gu, '고기'],
  [/\bsaengs[eu]o?n\b/gu, '생선'],
  [/\bhaesanmul\b/gu, '해산물'],
  [/\bboksu?o?nga\b/gu, '복숭아'],
  [/\bhodu\b/gu, '호두'],
  [/\bjogae\b/gu, '조개'],
  [/\bojing-?eo\b/gu, '오징어'],
  [/\byangpa\b/gu, '양파'],
  [/\bmaneul\b/gu, '마늘'],
];

/** Words as people type them, and how the words that are known are spelt. */
const SPELLINGS: readonly (readonly [typed: RegExp, known: string])[] = [
  [OWN_DISEASE, ' '],
  [OWN_DISEASE_IN_SHORT, ' '],
  ...DRAWN,
  ...DRAWN_OF_FOODS,
  ...ROMANISED,
  [/[’‘]/gu, "'"],
  [/\bal+e(?:r?[gj]+|gr)(?:i?c|ick?)\b|\baller(?:ic|jic)\b/gu, 'allergic'],
  [/\bal+e(?:r?[gj]+|gr)(?:y|ie?s?|ys|ia)\b|\baller[jy]y?\b|\ballu?rg(?:y|ies)\b/gu, 'allergy'],
  [/\bint[oa]l+[ea]r[ae]n(?=t|ce)/gu, 'intoleran'],
  [/\bn\/a\b/gu, 'none'],
  [/\bcan not\b/gu, 'cannot'],
  [/\bcant\b/gu, "can't"],
  // Dialect: 몬 무예, 안 묵심더, 무면.
  [/(?<![가-힣])[몬못]\s?[묵먹](?=[^은\s]|$)/gu, '못 먹'],
  [/(?<![가-힣])안\s?[묵먹](?=[^은\s]|$)/gu, '안 먹'],
  [/(?<![가-힣])몬\s?(?=마[시셔십신]|드[시셔십])/gu, '못 '],
  [/(말|빼|외하)곤(?![가-힣])/gu, '$1고는'],
  [/(?<![가-힣])쥐약(?:이[에예]?요|입니다|임|이다)?/gu, '위험'],
  [/별루(?![가-힣])/gu, '별로'],
  [/(?<=돼지)[\s,·/]+소(?=\s|,|$)/gu, ', 소고기'],
  [/(?<![가-힣])소[\s,·/]+(?=돼지)/gu, '소고기, '],
  [/(?<![가-힣])소(?=[는를도]?\s(?:안|못)\s?먹)/gu, '소고기'],
  [/(?<=[가-힣]\s)(?:무|묵으)[면모](?=\s)/gu, '먹으면'],
  [/밀가리/gu, '밀가루'],
  [
    /[알앨엘얼](?:르레르?기|레그기|레리기|레러기|러리지|르[지기]|레쥐|러쥐|러즤|레르[지게끼귀키리긔]|렐르기|래르끼)|(?:[앨엘]|(?<![가-힣])아)(?:레르기|러지|레지|러기)/gu,
    '알레르기',
  ],
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
  [/\b([a-z]{3,})\s+x(?=$|[\s,.!)])/gu, 'no $1'],
  [/([가-힣])\s?[oㅇ○◯](?=$|[\s,.!)])/gu, '$1 ok'],
  [/([가-힣])\s(?:굿|굳|good)(?=$|[\s,.!)])/gu, '$1 ok'],
  [/(?<=[가-힣]\s)no(?=$|[\s,.!)])/gu, '안 먹음'],
  [/\s?(?:ㄴㄴ|노노|노땡큐|사절)(?![가-힣])/gu, ' 안 먹음'],
  [new RegExp(String.raw`만\s?(?:아니면|아니라면)${ALL_ELSE}`, 'gu'), ' 빼고'],
  [new RegExp(String.raw`\s?이?외(?:엔|에는|에)${ALL_ELSE}`, 'gu'), ' 빼고'],
];

/** A text in small letters, its words spelt as they usually are. */
export function usuallySpelt(text: string): string {
  return SPELLINGS.reduce((all, [typed, known]) => all.replaceAll(typed, known), composed(text.normalize('NFC')).toLowerCase()).replaceAll(
    / {2,}/gu,
    ' ',
  );
}
