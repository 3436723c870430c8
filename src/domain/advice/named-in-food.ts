import { usuallyHeldBy } from './foods-by-name.js';
import { allergenBit, LACTOSE_INTOLERANCE_BIT, type Allergen } from './restrictions.js';

/** Behind a word: that it is not in the food. `글루텐프리 빵`, `계란 없는 마요네즈`, `dairy-free`. */
const NOT_THERE = String.raw`\s?-?(?:없[는이]|안\s?(?:든|들|넣)|뺀|빼고|프리|무첨가|대신|제외|free\b|less\b)`;
/** What is made after a food of animals, and of plants alone. */
const OF_PLANTS = /비건|식물성|\bvegan\b|plant[- ]based/u;

/** Plants of which milk, cream and the like are made. */
const LIKE_MILK =
  '(?:두유|콩|소이|오트|귀리|아몬드|코코넛|캐슈(?:넛)?|쌀|라이스|땅콩|피넛|호두|마카다미아|헴프|완두|soy|soya|oat|almond|coconut|cashew|rice|hemp|pea|nut|peanut|macadamia)';
/** Plants of which bread, noodles and cakes are made without wheat. */
const LIKE_WHEAT =
  '(?:쌀|현미|라이스|옥수수|감자|고구마|메밀|두부|곤약|도토리|타피오카|아몬드|병아리콩|rice|corn|potato|konjac|buckwheat|almond|chickpea|lentil|tofu)';
/** What is made of flour as a rule. */
const OF_FLOUR =
  '(?:빵|파스타|스파게티|라면|라멘|우동|칼국수|수제비|만두|피자|케이크|케[익잌]|쿠키|도[너넛][츠스]?|와플|크[루로][아와]상|베이글|토스트|샌드위치|버거|돈[까가]스|크래커|비스[킷켓]|머핀|스콘|카스[테텔]라|타르트|핫도그|호떡|bread|pasta|spaghetti|ramen|ramyeon|udon|dumplings?|pizzas?|cakes?|cookies?|do(?:ugh)?nuts?|waffles?|croissants?|bagels?|toast|sandwich(?:es)?|burgers?|crackers?|biscuits?|muffins?|scones?|pancakes?)';

const MILK_WORDS = String.raw`우유|밀크|라[떼테]|카푸치노|마[끼키]아[또토]|크림|요[거구]르?트|요플레|연유|분유|젤라[또토]|커스터?[드타]드?|milk|\blattes?\b|cappuccino|macchiato|cream|yogh?urt|custard|gelato`;
const CHEESE_WORDS = String.raw`치즈|버터|모[짜차]렐라|고르곤졸라|마스카[포르]|파마산|파르메산|cheese|butter|mozzarella|parmesan|cheddar`;

/** What a name says that a food holds: words, and what has such a word in its name and is something else. */
interface Named {
  readonly words: string;
  readonly others: string;
}

const NOT_MILK = [
  String.raw`${LIKE_MILK}\s?-?(?:로\s?만든\s?)?(?:아이스\s?)?(?:우유|밀크|라[떼테]|크림|요[거구]르?트|치즈|버터|milk|lattes?|(?:ice )?cream|yogh?urt|cheese|butter)`,
  String.raw`밀크\s?[씨시]슬|milk\s?thistle|버터\s?(?:넛|헤드)|butter\s?-?(?:nut|head|cup)|(?:코코아|카카오|사과|애플|피칸|cocoa|apple)\s?-?(?:버터|butter)|크림\s?소다|cream soda|cream of tartar`,
].join('|');

const NAMED: Readonly<Record<Allergen, Named>> = {
  MILK: { words: `${MILK_WORDS}|${CHEESE_WORDS}`, others: NOT_MILK },
  GLUTEN: {
    words: String.raw`밀가루|통밀|우리밀|호밀|밀떡|보리밥|짜장면|자장면|짬뽕|소면|맥주|보리차|잔치국수|콩국수|${OF_FLOUR}|\bwheat\b|\bbarley\b|\brye\b|\bbeers?\b|\blager\b`,
    others: String.raw`${LIKE_WHEAT}\s?(?:로\s?만든\s?)?${OF_FLOUR}|떡\s?(?:케이크|케[익잌])|(?:fish|crab)\s?cakes?|어묵\s?버거|bread\s?fruit|(?:root|ginger)\s?beer|sweet\s?breads?|글루텐\s?프리.*|gluten[- ]free.*`,
  },
  EGG: {
    words: String.raw`계란|달걀|메추리알|에그|오믈렛|오므라이스|마요|머랭|스크램블|지단|카스[테텔]라|\beggs?\b|omelett?e?|mayo|meringue`,
    others: String.raw`에그\s?플랜트|egg\s?plants?|(?:계란|달걀)\s?(?:버섯|꽃|가지)|(?:두부|콩|소이|soy|tofu)\s?(?:마요네?즈?|계란|에그|스크램블|mayo(?:nnaise)?|eggs?|scramble)|스크램블\s?두부|scrambled tofu|마요르카`,
  },
  NUT: {
    words: String.raw`땅콩|피넛|아몬드|호두|캐슈|피스타치오|마카다미아|헤이즐넛|피칸|(?<![가-힣])잣|견과|누텔라|참깨|들깨|흑임자|깨(?=강정|죽|찰빵|소스|드레싱)|타히니|후[무머]스|peanuts?|almonds?|walnuts?|cashews?|pistachios?|macadamias?|pecans?|hazelnuts?|(?:mixed|pine|brazil)\s?nuts?|sesame|tahini|hummus|nutella`,
    others: String.raw`땅콩\s?(?:호박|새싹)|헤이즐넛\s?(?:커피|라[떼테]|시럽|아메리카노|향)|hazelnut (?:coffee|latte|syrup)|잣\s?버섯`,
  },
  SEAFOOD: {
    words: String.raw`새우|꽃게|대게|홍게|크랩|게장|게살|맛살|랍스터|가재|오징어|한치|낙지|문어|[쭈주]꾸미|조개|생굴|(?<![가-힣])굴(?=국밥|전|밥|소스|튀김|무침|찜|젓|죽|떡국|보쌈|$)|홍합|바지락|꼬막|전복|가리비|소라|생선|참치|연어|고등어|갈치|꽁치|삼치|명태|동태|북어|황태|코다리|먹태|노가리|명란|(?<![가-힣])대구(?=탕|지리|전|살|포)|아귀|장어|멸치|어묵|오뎅|젓갈|액젓|물회|회덮밥|(?:광어|우럭|모[둠듬]|숭어|방어)\s?회|초밥|스시|해물|해산물|씨푸드|타코야끼|성게|날치알|캐비어|쥐포|재첩|홍어|가자미|도미|멍게|해삼|shrimps?|prawns?|\bcrabs?\b|lobsters?|squid|octopus|oysters?|\bclams?\b|mussels?|scallops?|abalone|\bfish\b|tuna|salmon|mackerel|\bcod\b|anchov(?:y|ies)|seafood|sashimi|\beel\b|caviar`,
    others: String.raw`(?:유부|소고기|계란|달걀|과일|채소|야채)\s?초밥|문어\s?(?:빵|소시지)|소라\s?빵|새우\s?버섯|조개\s?모양|oyster\s?mushrooms?|crab\s?apples?`,
  },
  SOY: {
    words: String.raw`콩|두부|두유|된장|청국장|간장|쌈장|고추장|춘장|[짜자]장|유부|낫[토또]|템페|비지|미소(?=\s?(?:국|된장|시루|라멘|수프|스프|소스))|소이|\bsoy(?:a|bean)?s?\b|tofu|\bmiso\b|edamame|natto|tempeh`,
    others: String.raw`땅콩|[홍킹]콩|완두\s?콩?|(?:강낭|병아리|렌[틸즈]|줄기|껍질|커피|카카오|코코아|작두|녹두|동부)\s?콩|콩\s?(?:테|포트|소메|피)|(?:계란|달걀|우유|아몬드|행인|에그)\s?두부`,
  },
};
/** What of milk holds lactose worth the name: butter and aged cheese hold next to none. */
const LACTOSE: Named = {
  words: `${MILK_WORDS}|치즈\\s?케이크|치즈\\s?케[익잌]|리코타|cheese\\s?cake|ricotta`,
  others: String.raw`${NOT_MILK}|락토\s?프리.*|유당\s?(?:제거|분해|제로|0).*|소화가\s?잘.*|lact(?:ose|o)[- ]?free.*`,
};

const ALL: readonly (readonly [bit: number, is: RegExp, isNot: RegExp, isOfAnimals: boolean])[] = [
  ...Object.entries(NAMED).map(([allergen, named]) =>
    compiled(allergenBit(allergen as Allergen), named, /MILK|EGG|SEAFOOD/u.test(allergen)),
  ),
  compiled(LACTOSE_INTOLERANCE_BIT, LACTOSE, true),
];

function compiled(bit: number, { words, others }: Named, isOfAnimals: boolean): (typeof ALL)[number] {
  return [bit, new RegExp(`(?:${words})(?!${NOT_THERE})`, 'u'), new RegExp(`(?:${others})`, 'gu'), isOfAnimals];
}

/** A name of a food, and no sentence or code that somebody typed: letters, figures and the marks of food tables. */
const PLAIN = /^[\p{L}\p{N}\s().,&%+/·_-]{1,60}$/u;

/**
 * What the name of a food that no catalogue knows says of what is in it, as bits of restrictions: `카페라떼` is made with milk, `새우깡` with shrimp. Words of what is always in such a food count, and names of dishes by their usual recipe (`usuallyHeldBy`); of all else it is
 * not known whether it is there. A name with such a word that is something else says nothing: 두유 is no milk, 코코넛밀크 neither, 땅콩 no bean and 메밀 no wheat.
 */
export function restrictionsNamed(name: string): number {
  const plain = name.normalize('NFC').toLowerCase();
  if (!PLAIN.test(plain)) return 0;
  const isOfPlants = OF_PLANTS.test(plain);
  let bits = usuallyHeldBy(plain);
  for (const [bit, is, isNot, isOfAnimals] of ALL) if (!(isOfPlants && isOfAnimals) && is.test(plain.replaceAll(isNot, ' '))) bits |= bit;
  return bits;
}
