import type { Preference } from './patient-inputs.js';
import { LACTOSE_INTOLERANCE_BIT, allergenBit } from './restrictions.js';

/** What may follow a name of one syllable: an ending, and then no other syllable. `게다가` and `밀크` are none. */
const ENDS = '(?=(?:은|는|이|가|을|를|과|와|랑|이랑|나|이나|도|만|에|에는|하고|류)?(?:[^가-힣]|$)|알[레래러])';

/** Words for what bears a flag, each with the foods that usually hold it. */
export const MEANT: readonly (readonly [bits: number, words: RegExp])[] = [
  [
    allergenBit('GLUTEN'),
    new RegExp(
      `(?<!메|오트)밀(?:가루|${ENDS})|글루텐|보리|호밀|맥아|엿기름|셀리악(?:\\s?병)?|(?<![가-힣])(?:식|건|호밀|통밀)?빵|수제비|부침가루|튀김가루|\\b(?:wheat|gluten|barley|rye|bread|pasta)\\b|\\bco?eliac\\b`,
      'u',
    ),
  ],
  [
    allergenBit('MILK'),
    /우유|유제품|치즈|(?<!피넛|땅콩)버터|요거트|요구르트|카제인|유청|라[떼테](?![가-힣])|생크림|연유|분유|아이스크림|\b(?:milk|dairy|cheese|butter|yogh?urt|casein|whey)\b/u,
  ],
  [
    allergenBit('NUT'),
    new RegExp(
      `땅콩|견과|참깨|들깨|흑임자|참기름|들기름|(?<![가-힣])(?:깨|잣)${ENDS}|호두|아몬드|캐슈|피칸|피스타치오|마카다미아|헤[이즐]{1,2}[넛럿]|피넛|(?<=[가-힣])너트|넛츠|브라질넛|\\b(?:pea|wal|hazel|macadamia |pine )?nuts?\\b|\\bsesame\\b|\\balmonds?\\b|\\bcashews?\\b|\\bpecans?\\b|\\bpistachios?\\b`,
      'u',
    ),
  ],
  [
    allergenBit('SEAFOOD'),
    new RegExp(
      `해산물|해물|생선|물고기|갑각류|어패류|패류|연체류|새우|꽃게|대게|(?<![가-힣])(?<!(?:씹|삼키|먹|마시)는\\s)(?:게|굴)${ENDS}|가재|랍스터|조개|전복|홍합|바지락|오징어|낙지|문어|[주쭈]꾸미|크랩|고등어|삼치|갈치|연어|참치|조기|가자미|대구탕|멸치|명태|동태|황태|북어|장어|꽁치|액젓|젓갈|\\b(?:sea|shell)?fish\\b|\\bseafood\\b|\\b(?:shrimp|prawn|crab|lobster|clam|mussel|oyster|squid|crustacean|mollus[ck])s?\\b|\\b(?:salmon|tuna|mackerel|cod|anchov(?:y|ies)|trout|sardines?|herring|octopus|scallops?|crawfish|calamari)\\b`,
      'u',
    ),
  ],
  [
    allergenBit('EGG'),
    /(?:달걀|계란)(?:\s?(?:흰자|노른자))?|(?<![가-힣])(?:흰자|노른자)|난류|난백|난황|알류|메추리알|마요|\beggs?\b|\bmayo/u,
  ],
  [
    allergenBit('SOY'),
    /대두|두부|두유|간장|된장|청국장|유부|비지|낫[또토]|템페|쌈장|메주|(?<!땅)콩(?!나물|팥)|\b(?:soya?(?:beans?)?|tofu|edamame|miso)\b/u,
  ],
  [LACTOSE_INTOLERANCE_BIT, /유당|락타아?제|락토[스즈]|젖당|\blact(?:ose|ase)\b/u],
];

/** Foods made of what bears a flag, which some leave out for their taste: they stand for it only where they must be avoided. */
export const MADE_OF: typeof MEANT = [
  [
    allergenBit('SEAFOOD'),
    /어묵|오뎅|(?:게\s?)?맛살|크래미|게살|코다리|굴비|광어|우럭|도미(?!노)|농어|숭어|민어|병어|청어|정어리|송어|전어|아귀|복어|임연수|가리비|관자|성게|멍게|미더덕|해삼|골뱅이|소라|명란|날치알|꼬막|재첩|다랑어|캐비어|꼴뚜기|한치|과메기/u,
  ],
];

/** Meat of any kind: a word before it says of which (`오리고기`, `양 고기`). */
const ANY_MEAT = /(?<![가-힣])(?<!(?:돼지|소|쇠|닭|물|오리|양|염소|말|칠면조)\s)고기|육고기|(?:모든|온갖)고기|붉은고기|육류|육식|\bmeat\b/u;

/** Words by which foods are refused, and the preference that stands for it. */
export const REFUSED: readonly (readonly [Preference, RegExp])[] = [
  ['NO_PORK', /돼지(?:\s?고기)?|돈육|삼겹살?|제육|\bpork\b/u],
  ['NO_BEEF', /소\s?고기|쇠\s?고기|한우|\bbeef\b/u],
  ['NO_CHICKEN', /닭(?:\s?고기)?|치킨|\bchicken\b/u],
  ['NO_FISH', /생선|물고기|비린내?|어류|해산물|\bfish\b|\bseafood\b/u],
  ['NO_MEAT', ANY_MEAT],
  ['NOT_HOT', /매운|매콤|(?<!포드)맵|매워|얼큰|자극적|\bspicy\b|\bhot\b/u],
];
