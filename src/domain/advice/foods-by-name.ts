import { allergenBit, LACTOSE_INTOLERANCE_BIT, type Allergen } from './restrictions.js';

type Held = Allergen | 'LACTOSE';

/** What of wheat, milk, eggs … is in a dish by its usual recipe, though its name says none of it. Words of names, with what of such a word is something else behind `(?!`. */
const DISHES: readonly (readonly [holds: readonly Held[], words: string])[] = [
  // Foreign dishes.
  [['GLUTEN', 'MILK', 'EGG', 'LACTOSE'], '[까카]르보나라|carbonara|티라미[수스]|tiramisu|키[쉬슈](?=$|\\s|로)|quiche'],
  [
    ['GLUTEN', 'MILK', 'LACTOSE'],
    '라[자쟈][냐니]아?|lasagn[ae]|투움바|알프레도|alfredo|맥\\s?앤\\s?치즈|mac (?:and|&) cheese|크로크\\s?무슈|크로크\\s?마담|croque|(?:콘|옥수수|양송이|감자|단호박|브로콜리|버섯)\\s?(?:스프|수프)',
  ],
  [['GLUTEN', 'MILK', 'EGG'], '아란치니|몬테크리스토|함박|햄버그\\s?스테이크'],
  [
    ['GLUTEN', 'MILK'],
    '피자(?!\\s?맛)|pizza|마르게리[타따]|퀘사[디딜]|quesadilla|파니니|잠봉\\s?뵈르|(?:갈릭|버터|플레인|치즈)\\s?난(?=$|\\s)|\\bnaan\\b|마늘빵|갈릭\\s?브레드',
  ],
  [
    ['GLUTEN', 'EGG'],
    '슈니첼|schnitzel|돈\\s?[카까]스|돈카츠|[규치생]\\s?[카까]츠|(?:치킨|생선|규)\\s?까스|고로케|크로켓|오코노미야[키끼]|타코야[키끼]|멘보샤|(?:호박|육|동태|생선|굴|깻잎|고추)전(?![가-힣])|동그랑땡|tempura|텐[푸뿌]라|덴[푸뿌]라|카츠\\s?샌드',
  ],
  [
    ['GLUTEN'],
    '알리오\\s?올리오|봉골레|아마트리치아나|아라비아따|링귀네|펜네|푸실리|뇨[끼키]|gnocchi|라비올리|토르텔리니|바게[트뜨]|치아바타|포카치아|프레[첼즐]|꽈배기|츄[러로]스|또[띠르]띠?[아야]|부리[또토]|burrito|케밥|kebab|반미|banh mi|에그\\s?드랍|사라다빵|콘도그|쿠스쿠스|couscous|딤섬|dim ?sum|샤오롱바오|쇼마이|하가우|교자|gyoza|라볶이|쫄면|비빔국수|만둣국|(?:파|부추|김치|해물파)전(?![가-힣])|부침개|(?:모[둠듬]|새우|오징어|야채|채소|고구마|고추)\\s?튀김(?!\\s?우동)|김말이|(?:후라이드|프라이드|양념|간장|파닭|순살)\\s?치킨|치킨\\s?너[겟겐]|닭강정|fried chicken|nuggets?|너구리|짜파게티|불닭볶음면|비빔면|사리곰탕면|진라면|식혜|약과|미숫가루|카레\\s?(?:라이스|덮밥|우동)|하이라이스|하야시|짬뽕밥|[짜자]장밥|라거|에일(?![가-힣])',
  ],
  [
    ['MILK', 'LACTOSE'],
    '그라탕|gratin|도리아|라씨|lassi|짜이|\\bchai latte|클램\\s?차우더|chowder|스트로가노프|stroganoff|푸딩|pudding|[판빤]나\\s?코[타따]|panna cotta|로제(?!\\s?와인)|빙수|bingsu|무스\\s?케[이익]|메로나|월드콘|투게더|붕어싸만코|부라보콘|하겐다즈|배스킨|구구콘|설레임|빵빠레|소프트\\s?콘|파르페|선데|sundae|요아정|액티비아|야쿠르트|불가리스|카페\\s?모카|화이트\\s?모카|모카\\s?(?:라[떼테]|프라페)|\\bmocha\\b|프라푸치노|frappuccino|아포가[토또]|affogato|핫\\s?초코|hot chocolate|코코아(?!\\s?(?:파우더|가루|닙스))|플랫\\s?화이트|flat white|아인슈페너|비엔나\\s?커피|카페\\s?오레|cafe au lait|콘\\s?파나|버블티|bubble tea|밀크\\s?쉐이크',
  ],
  [
    ['MILK'],
    '리[조소][또토]|risotto|퐁듀|fondue|부라타|burrata|카프레제|caprese|마[카르]+파르?네|무사카|moussaka|셰퍼드\\s?파이|탄두리|tandoori|믹스\\s?커피|커피\\s?믹스|단백질\\s?(?:쉐이크|음료)|프로틴\\s?(?:쉐이크|음료)|캐러멜|카라멜|caramel|(?<!다크\\s?)초콜릿|(?<!다크\\s?)초콜렛|(?<!dark )chocolate',
  ],
  [['MILK', 'EGG', 'SEAFOOD'], '시저\\s?샐러드|caesar'],
  [['EGG'], '콥\\s?샐러드|cobb|감자\\s?샐러드|사라다|potato salad|크림\\s?새우'],
  [['NUT', 'MILK'], '(?:바질|제노베제)?\\s?페스토|pesto|스니커즈|snickers|페레로|자유시간'],
  [['NUT', 'SEAFOOD', 'EGG'], '[팟팥]타이|pad thai'],
  [
    ['NUT'],
    '탄탄면|마제소바|사테|satay|바바\\s?가누[쉬시]|그래놀라|granola|두바이\\s?(?:초콜릿|쫀득)|바클라바|baklava|휘낭시에|financier|마카롱|뚱카롱|macarons?|유과',
  ],
  // Cakes, biscuits and pastry.
  [
    ['GLUTEN', 'MILK', 'EGG', 'LACTOSE'],
    '에클레어|[eé]clair|슈크림|크레페|크레이프|cr[eê]pes?|프렌치\\s?토스트|french toast|푸딩\\s?케[이익]',
  ],
  [
    ['GLUTEN', 'MILK', 'EGG'],
    '휘낭시에|financier|마들렌|madeleine|까눌레|카[늘눌]레|브라우니|brownies?|(?:팬|핫|컵|롤|파운드|[시쉬]폰|치즈|생일|생크림|초코|당근)\\s?(?:케이크|케[익잌])|(?:pan|cup|cheese|birthday|pound|chiffon|carrot) ?cakes?|(?<!라이스\\s?|떡\\s?|쌀\\s?|피쉬\\s?)케이크(?=$)|와플|waffles?|머핀|muffins?|스콘|scones?|소보로|브리오슈|brioche|타르트|tarts?\\b|초코파이|오예스|몽쉘|카스타드|빅파이|홈런볼|더티\\s?초코',
  ],
  [
    ['GLUTEN', 'MILK'],
    '소금빵|앙버터|크[루로]\\s?[아와]상|croissants?|크룽지|쿠키|cookies?|칸쵸|빼빼로|초코송이|오레오|oreo|킷캣|kit ?kat|다이제|버터링|마가렛트|쿠크다스|롤리폴리|애플\\s?파이|apple pie|도[너넛][츠스]?(?=$|\\s)|donuts?|doughnuts?',
  ],
  [['EGG', 'MILK'], '마카롱|뚱카롱|macarons?|무스(?=$|\\s)|mousse'],
  // Japanese, Chinese and Korean ones.
  [['GLUTEN', 'EGG', 'SOY'], '가츠동|카츠동'],
  [['GLUTEN', 'EGG', 'SEAFOOD', 'SOY'], '텐동|오코노미야[키끼]'],
  [['EGG', 'SOY'], '오야코동'],
  [['GLUTEN', 'SOY'], '야[끼키]\\s?소바|[짜자]장|데리야[끼키]|teriyaki'],
  [['SOY'], '규동|유린기|찜닭|갈비찜|(?<!고추)잡채|장조림|japchae|쯔유'],
  [['GLUTEN', 'SOY', 'SEAFOOD'], '(?<!야[끼키]\\s?|마제\\s?)소바(?=$|\\s)|냉모밀|메밀소바|\\bsoba\\b'],
  [
    ['SEAFOOD'],
    '감바스|빠에[야아]|파에야|paella|클램|피[시쉬]\\s?앤\\s?칩스|fish (?:and|&) chips|분짜|나시\\s?고렝|nasi goreng|똠\\s?얌|tom yum|[그레옐]\\S{1,2}\\s?커리|월남쌈|포케|\\bpoke\\b|(?<!고기\\s?|차돌\\s?)짬뽕|유산슬|팔보채|양장피|(?<![가-힣])알탕|생태|매운탕|추어탕|복국|복지리|연포탕|해신탕|진미채|황태|쥐치|타코야[키끼]|멘보샤|칠리\\s?새우|김치(?!\\s?(?:냉장|맛))|kimchi|어간장|피쉬\\s?소스|fish sauce',
  ],
];

/** What is left out of such a food by its name: `비건 김치`, `글루텐프리 피자`, `쌀쿠키`. */
const WITHOUT: readonly (readonly [word: RegExp, what: readonly Held[]])[] = [
  [/비건|식물성|\bvegan\b|plant[- ]based/u, ['MILK', 'EGG', 'SEAFOOD', 'LACTOSE']],
  [/글루텐\s?프리|gluten[- ]free|쌀\s?(?:피자|쿠키|케이크|빵|와플|크로켓|머핀|스콘)|메밀/u, ['GLUTEN']],
  [/락토\s?프리|유당\s?(?:제거|분해|제로)|lact(?:ose|o)[- ]?free/u, ['LACTOSE']],
  [/(?:귀리|오트|두유|소이|코코넛|아몬드)\s?(?:라[떼테]|빙수|아이스크림|모카)|\b(?:oat|soy|almond|coconut)\b/u, ['MILK', 'LACTOSE']],
];

const COMPILED = DISHES.map(([holds, words]) => [bitsOf(holds), new RegExp(words, 'u')] as const);

function bitsOf(holds: readonly Held[]): number {
  return holds.reduce((bits, each) => bits | (each === 'LACTOSE' ? LACTOSE_INTOLERANCE_BIT : allergenBit(each)), 0);
}

/** What the usual recipe of a dish holds that goes by such a name, in small letters, as bits of restrictions; 0 for a name that is none of them. */
export function usuallyHeldBy(name: string): number {
  const held = COMPILED.reduce((bits, [own, words]) => (words.test(name) ? bits | own : bits), 0);
  return held === 0 ? 0 : WITHOUT.reduce((bits, [word, what]) => (word.test(name) ? bits & ~bitsOf(what) : bits), held);
}
