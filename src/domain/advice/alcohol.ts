/** Names of alcoholic drinks, by how they end: 생맥주, 안동소주, red wine. */
const ALCOHOLIC =
  /(?:소주|맥주|막걸리|청주|와인|[적백]?포도주|위스키|양주|보드카|브랜디|[코꼬]냑|럼주|[데테]킬라|사케|정종|약주|탁주|동동주|과실주|매실주|복분자주|인삼주|더덕주|오미자주|고량주|백주|이과두주|빼갈|민속주|전통주|문배주|이강주|법주|폭탄주|하이볼|칵테일|소맥|샴페인|샹그리아|리큐[르어]|(?<!진저\s?)에일|라거|(?<![가-힣])(?:술|럼|진))\s*$|\b(?:beers?|lager|ale|stout|wines?|soju|makgeolli|whiske?y|vodka|brandy|cognac|rum|gin|tequila|sake|champagne|prosecco|liqueur|highball|cocktails?|sangria|cider \(alcoholic\))\s*$/u;
/** What is called as one and is none: beer without alcohol, fruit in syrup, shrimps with sauce. */
const NONE =
  /(?:무|논|비|노)\s?-?알[코콜]|알(?:콜|코[올홀])\s?(?:프리|제로|없)|0\.0|(?:과일|후[르루][츠트]|새우|fruit|shrimp|prawn)\s?(?:칵테일|cocktail)|\b(?:non|no|zero)[ -]?alcohol|\balcohol[ -]free|\bde-?alcoholi[sz]ed|\b(?:root|ginger)\s(?:beer|ale)/u;
/** Behind a name: 맥주(500 ml), 소주 360ml, 맥주 4.5%. */
const NOTE = /\s*(?:\([^()]*\)|[\d.]+\s*(?:ml|l|g|%|도|cc|병|잔|캔))\s*$/u;
/** Between things that were had together, and parts of a name of a food table: 치킨과 맥주, 주류_소주. */
const TOGETHER = /[+,&/_]|[와과]\s|하고\s|\s(?:and|with)\s/u;

/** Whether the name of a food is that of a drink with alcohol, or has one beside it. Bread, vinegar and sauces made of one are none: a name ends in what it is. */
export function isAlcoholicDrink(name: string): boolean {
  const plain = name.normalize('NFC').toLowerCase();
  return !NONE.test(plain) && plain.split(TOGETHER).some((each) => ALCOHOLIC.test(withoutNotes(each)));
}

function withoutNotes(name: string): string {
  let [plain, before] = [name.trim(), ''];
  while (plain !== before) [plain, before] = [plain.replace(NOTE, ''), plain];
  return plain;
}

/** Grams of a drink from which on it was drunk, and no spoon of it was cooked with: a small glass of soju. Own rule. */
export const LEAST_DRINK_GRAMS = 50;
