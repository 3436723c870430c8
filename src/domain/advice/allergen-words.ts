import type { Allergen } from './patient-inputs.js';

/** What each allergen is called in a sentence, in Korean and English: common foods that hold it. Wider than the catalogue, since a text can name anything. */
export const ALLERGEN_WORDS: Readonly<Record<Allergen, string>> = {
  GLUTEN:
    '밀가루|밀빵|식빵|빵|국수|라면|우동|칼국수|수제비|파스타|스파게티|보리|호밀|귀리|과자|케이크|간장|만두|\\bwheat|\\bbread|\\bnoodle|\\bpasta|\\bbarley|\\brye\\b|\\boats?\\b|\\bramen|\\bcake|\\bcookie|\\bcracker|\\bsoy sauce|\\bdumpling',
  LACTOSE:
    '우유|유제품|치즈|요거트|요구르트|아이스크림|크림|버터|연유|분유|라떼|\\bmilk|\\bdairy|\\bcheese|\\byogh?urt|\\bice cream|\\bcream\\b|\\bbutter\\b|\\blatte|\\bwhey',
  NUT: '견과|땅콩|호두|아몬드|캐슈|피스타치오|잣|밤밥|헤이즐넛|마카다미아|피칸|\\bnuts?\\b|\\bpeanut|\\bwalnut|\\balmond|\\bcashew|\\bpistachio|\\bhazelnut|\\bpecan|\\bmacadamia|\\bchestnut',
  SEAFOOD:
    '생선|해산물|해물|새우|게살|꽃게|오징어|낙지|문어|조개|굴국|굴전|전복|홍합|고등어|연어|참치|갈치|굴비|명태|북어|멸치|어묵|젓갈|액젓|\\bfish|\\bseafood|\\bshellfish|\\bshrimp|\\bprawn|\\bcrab|\\bsquid|\\boctopus|\\bclam|\\boyster|\\bmussel|\\bsalmon|\\btuna|\\bmackerel|\\banchov|\\bcod\\b|\\bpollock',
  EGG: '달걀|계란|난황|난백|마요네즈|지단|오믈렛|\\begg|\\bomelet|\\bmayonnaise',
  SOY: '두부|두유|콩나물|된장|간장|청국장|콩국|콩밥|순두부|유부|콩자반|낫토|\\bsoy|\\btofu|\\bmiso|\\bnatto|\\btempeh|\\bedamame|\\bbean curd|\\bbean paste',
};

/** Well-known foods that are high in FODMAPs (Monash University's lists), as a sentence would recommend them. */
export const HIGH_FODMAP_WORDS =
  '마늘|양파|사과|수박|망고|복숭아|자두|꿀|콩밥|팥|강낭콩|렌틸|병아리콩|아스파라거스|\\bgarlic|\\bonion|\\bapple|\\bwatermelon|\\bmango|\\bpeach|\\bplum|\\bhoney\\b|\\bbeans\\b|\\blentil|\\bchickpea|\\basparagus';

/** How a sentence says that something is to be left out. A sentence with an allergen and one of these warns of it. */
export const AVOIDANCE_WORDS =
  '피하|피해|빼|뺀|뺐|제외|없이|대신|대체|바꿔|바꾸|줄이|삼가|드시지|먹지|알레르기|불내증|않|말고|마세요|\\bavoid|\\bwithout|\\binstead|\\bfree\\b|\\bleft out|\\bleave out|\\bleaving out|\\bomit|\\bexclud|\\breplac|\\bswap|\\ballerg|\\bintoleran|\\bskip|\\bcut down|\\bless\\b';

/** How a sentence says that something was eaten, which is no advice to eat it. */
export const EATEN_WORDS =
  '드신|드셨|드시던|먹은|먹었|섭취하신|섭취하셨|어제|기록|\\bate\\b|\\beaten\\b|\\bhad\\b|\\byesterday|\\brecorded';
