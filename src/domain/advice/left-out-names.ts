import type { LeftOutReason } from './left-out-reasons.js';

/** In front of a word or behind it: that it is not in the food (`무설탕`, `제로 콜라`, `치즈 없는`). */
const NOT_IN_IT =
  /무(?=설탕|가당|염|카페인)[가-힣]{2,3}|(?:제로|디카페인|논알콜)\s?[가-힣]+|[가-힣]+\s?(?:제로|프리(?![가-힣]))|\b(?:zero|sugar[- ]free|diet|decaf\w*|low[- ]salt|unsalted)\s[a-z]+|[가-힣]+\s?(?:없는|뺀|빼고|안\s?든|대신)/gu;

/** Eaten raw or hardly cooked, and not pasteurised. Sources: `pregnancy-foods`, `transplant-foods`. */
const RAW =
  '(?:생선|모[둠듬]|광어|우럭|연어|참치|방어|숭어|도미|돔|농어|전어|오징어|한치|낙지|멍게|해삼|전복|고등어|홍어|굴|잡어|세꼬시|막|활어|물|육)\\s?회(?:$|[^가-힣]|덮밥|무침|국수|비빔밥|냉면|초밥)|^회(?:$|\\s|덮밥|무침|국수)|(?<!유부|계란|달걀|새우|장어|불고기)초밥|스시|사시미|육회|타[타다]키|타르타르|카르파[초치]오?|세비체|포케|생굴|석화|산낙지|게장|새우장|연어장|전복장|성게알|우니|훈제\\s?연어|생햄|하몽|프로슈[토또]|살라미|초리[조소]|생간|천엽|(?:날|생)(?:계란|달걀)|반숙|수란|에그\\s?베네딕트|브리\\s?치즈|[카까]망베르|블루\\s?치즈|고르곤졸라|\\braw\\b|sashimi|sushi|tartare|carpaccio|ceviche|\\bpoke\\b|prosciutto|salami|chorizo|smoked salmon|soft[- ]boiled|\\bbrie\\b|camembert|blue cheese|unpasteuri[sz]ed|\\brare\\b';
const RICE_CAKE = '(?<!호|빵|비지|무)떡(?!갈비|잎|밥)|인절미|송편|경단|모찌|절편|mochi|rice cakes?';
const NUTS =
  '견과|땅콩|아몬드|호두|캐슈|피스타치오|마카다미아|피칸|헤이즐넛|(?<![가-힣])잣|\\b(?:pea|wal|hazel|macadamia |pine )?nuts?\\b|almonds?|cashews?|pecans?';
const SWEET =
  '콜라|사이다|환타|스프라이트|탄산음료|주스|쥬스|에이드|스무디|케이크|케[익잌]|쿠키|초콜릿|초코|사탕|캔디|젤리|아이스크림|빙수|도[넛너][츠스]?|마카롱|꿀|시럽|약과|식혜|수정과|믹스\\s?커피|버블티|와플|양갱|(?<![가-힣])잼|카라멜|캐러멜|인절미|찹쌀|cola|coke|sprite|fanta|soda|juice|smoothie|cakes?\\b|cookies?|chocolate|candy|jelly|ice cream|bingsu|do(?:ugh)?nuts?|macarons?|honey|syrup|bubble tea|waffles?|\\bjam\\b|caramel';
const FERMENTED =
  '치즈|살라미|페퍼로니|하몽|프로슈[토또]|초리[조소]|소시지|햄(?!버거|스터)|베이컨|김치|깍두기|동치미|장아찌|젓갈|액젓|된장|청국장|쌈장|고추장|간장|춘장|[짜자]장|두반장|낫[토또]|템페|굴소스|홍어|과메기|cheese|salami|pepperoni|prosciutto|sausages?|\\bham\\b|kimchi|soy sauce|miso|natto|tempeh';

/**
 * Words in the names of foods that no catalogue knows, by the reason for which they are left out. That a food usually has it in it or is it, as its name says: of a food with a recipe the recipe speaks. What of these the
 * catalogue has in no dish (grapefruit, raw fish, broad beans) has no words of the catalogue.
 */
const NAMES: Readonly<Partial<Record<LeftOutReason, string>>> = {
  CHOKING: RICE_CAKE,
  CAFFEINE:
    '커피|아메리카노|에스프레소|라[떼테]|카푸치노|마[끼키]아[또토]|콜드브루|에너지\\s?(?:드링크|음료)|핫식스|레드불|몬스터|박카스|녹차|홍차|말차|밀크티|콜라|coffee|americano|espresso|latte|cappuccino|energy drink|red bull|green tea|black tea|matcha|milk tea|cola|coke',
  MAO_INHIBITOR: FERMENTED,
  GRAPEFRUIT: '자몽|그레이프\\s?후르[츠트]|포멜로|grape-?fruit|pomelo',
  NATTO: '낫[토또]|청국장|녹즙|케일\\s?(?:즙|주스)|크랜베리\\s?(?:즙|주스)|클로렐라|natto|cranberry juice|chlorella',
  PREGNANCY: `${RAW}|(?<![가-힣])(?:소|돼지|닭|순대\\s?)?간(?=구이|전|볶음|튀김|$)|푸아그라|상어|[황청]새치|돔베기|\\bliver\\b|p[aâ]t[eé]|shark|swordfish|marlin`,
  IMMUNITY: RAW,
  LATEX:
    '바나나|키위|아보카도|밤(?=빵|라[떼테]|양갱|$)|토마토|감자|피망|파파야|망고|banana|kiwi|avocado|chestnut|tomato|potato|papaya|mango',
  MOUTH: `과일|사과|복숭아|자두|체리|키위|살구|딸기|멜론|수박|망고|apple|peach|plum|cherr(?:y|ies)|kiwi|apricot|strawberr|melon|mango|${NUTS}`,
  SULPHITES: '건포도|건과일|건망고|건자두|말린|곶감|와인|식초|피클|단무지|새우|raisin|dried|wine|vinegar|pickle|shrimp|prawn',
  HISTAMINE: `${FERMENTED}|참치|고등어|꽁치|정어리|멸치|시금치|토마토|가지(?=볶음|튀김|나물|전|구이)|딸기|식초|초콜릿|새우|조개|tuna|mackerel|sardine|anchov|spinach|tomato|strawberr|vinegar|chocolate|shrimp|clam`,
  FRUCTOSE: `${SWEET}|사과|수박|포도|망고|건포도|대추|과일|설탕|매실청|apple|watermelon|grapes?\\b|mango|raisin|fruit|sugar`,
  FAVISM: '잠두|누에콩|파바\\s?빈|팔라펠|\\bfava|broad beans?|falafel',
  SUGAR: `${SWEET}|${RICE_CAKE}|호떡`,
  GOUT: '곱창|대창|막창|내장|순대|생간|천엽|멸치|정어리|청어|과메기|조개|홍합|굴(?=국밥|전|밥|튀김|찜|$)|새우|오징어|사골|곰탕|설렁탕|anchov|sardine|herring|mussel|oysters?|liver|kidney|tripe',
  STONES: `시금치|근대|비트(?!\\s?코인)|초콜릿|코코아|spinach|chard|beetroot|chocolate|cocoa|${NUTS}`,
  SALT: '라면|짬뽕|우동|국밥|찌개|전골|해장국|곰탕|설렁탕|육개장|감자탕|칼국수|마라탕|쌀국수|김치|젓갈|장아찌|게장|햄(?!버거|스터)|소시지|스팸|베이컨|어묵|단무지|피클|감자칩|ramyeon|ramen|instant noodles|kimchi|\\bham\\b|sausage|spam|bacon|pickle|chips\\b|crisps',
  FAT: '튀김|튀긴|치킨|돈[까가]스|탕수육|깐풍기|삼겹살|곱창|대창|막창|족발|피자|버거|크림|[까카]르보나라|치즈|버터|도[넛너]|크[루로][아와]상|마요|베이컨|소시지|fried|pizza|burger|cream|carbonara|cheese|butter|croissant|mayo|bacon|sausage',
  LIVER: SWEET,
  REFLUX:
    '커피|아메리카노|에스프레소|라[떼테]|콜라|사이다|탄산|초콜릿|오렌지|귤|레몬|자몽|토마토|식초|불닭|매운|마라|떡볶이|짬뽕|김치|청양|녹차|홍차|coffee|latte|cola|soda|chocolate|orange|lemon|grape-?fruit|tomato|vinegar|spicy|chil+i',
  THYROID: '미역|다시마|(?<![가-힣])김(?=밥|자반|구이|가루|$)|톳|파래|매생이|seaweed|kelp|laver',
};

/** What is hard to chew, or is no food for a small child, besides. */
export const HARD_NAMES = `${RICE_CAKE}|${NUTS}|오징어|쥐포|육포|누룽지|깍두기|강정|스테이크|jerky|squid|steak`;
export const SMALL_CHILD_NAMES = `${RICE_CAKE}|${NUTS}|젤리|사탕|캔디|팝콘|candy|jelly|popcorn`;

/** Words of names as an expression that tells whether a name has one that is in the food. */
export function namesIn(words: string): (name: string) => boolean {
  const is = new RegExp(words, 'u');
  return (name) => is.test(name.normalize('NFC').toLowerCase().replaceAll(NOT_IN_IT, ' '));
}

/** The same for a reason; undefined where a name tells nothing. */
export function namesOf(reason: LeftOutReason): ((name: string) => boolean) | undefined {
  const words = NAMES[reason];
  return words === undefined ? undefined : namesIn(words);
}

/** Foods that are made of a meat and not called by it. */
const MADE_OF: Readonly<Record<string, string>> = {
  돼지고기: '돼지|삼겹살|목살|항정살|돈[까가]스|족발|보쌈|제육|베이컨|햄(?!버거|스터)|소시지|순대|탕수육|pork|bacon|\\bham\\b',
  소고기: '소고기|쇠고기|한우|불고기|육회|설렁탕|곰탕|갈비탕|차돌|우삼겹|스테이크|beef|steak|bulgogi',
  닭고기: '닭|치킨|삼계탕|깐풍기|chicken',
};

/** Words of a text, each with what is made of it and not called so, as an expression for names; undefined for words of one syllable, which are in too many. */
export function namesMadeOf(words: readonly string[]): ((name: string) => boolean) | undefined {
  const long = words.filter((word) => word.length > 1).map((word) => MADE_OF[word] ?? word);
  return long.length === 0 ? undefined : namesIn(long.join('|'));
}
