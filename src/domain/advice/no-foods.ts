/**
 * Words of a free text that name no food, in small letters. Parts of regular expressions. What they stand for is understood: an allergy to a cat or a medicine leaves no dish out.
 */

/** What people are allergic to and do not eat. Latex and nickel are none of it: what holds them, or acts like them, is eaten as well. */
const NOT_EATEN =
  '꽃가루|화분증|(?:고양이|강아지|개|동물|반려동물|말|새)\\s?(?:털|비듬)|고양이|강아지|집?\\s?먼지(?:\\s?진드기)?|진드기|곰팡이|(?:벌|벌레|모기|개미|바퀴벌레)(?:\\s?(?:독|침|쏘임|물림))?(?=[\\s,]*(?:에|알레르기|$))|햇[빛볕]|자외선|온도|추위|한랭|찬\\s?공기|운동\\s?유발|콜린성|금속|도금|화장품|향수|염색약|세제|옻(?:나무)?|(?:감기|소염|진통|해열)\\s?(?:약|제)|약물|(?<![가-힣])약(?:에|은|이|도)?(?=\\s?알레르기)|항생제|페니실린|세팔로?스?포?린|설파제?|아스피린|부루펜|이부프로펜|타이레놀|진통제|조영제|마취제?|백신|주사';
const NOT_EATEN_EN =
  '\\b(?:pollen|cats?|dogs?|pets?|dust(?:\\s?mites?)?|mites?|mou?ld|bees?|wasps?|insects?|sun(?:light)?|metals?|penicillin|antibiotics?|aspirin|ibuprofen|nsaids?|drugs?|medicines?|medications?|sulfa|contrast|seasonal|hay\\s?fever|rhinitis|asthma|eczema)\\b';
/** Diseases, some with the word allergy in their name. */
const DISEASES =
  '(?:(?:[저고]\\s?)?(?:fodmaps?|포드맵)|(?:알레르기\\s?성?\\s?)?(?:비염|결막염|피부염|천식|아토피|자반증)|(?:위|식도|장|위장|십이지장|대장|인후|후두|중이|축농|편도|기관지|방광|질|골반|관절|류마티스\\s?관절|췌장|담낭|간|갑상선|모낭|지루성\\s?피부|만성\\s?위)염|역류성|만성|급성|기능성|식도|위궤양|궤양|소화\\s?불량|변비|편두통|우울증?|불안증?|공황\\s?(?:장애|증)?|불면증?|갱년기|생리(?:통|전)?|빈혈|고지혈증|콜레스테롤|지방간|골다공증|갑상선\\s?(?:기능)?\\s?(?:저하|항진)증?|탈모|여드름|건선|비만|스트레스)(?:이라서?|라서?|이에요|예요|인데|이|가|은|는|도|약)?(?![가-힣])';

/** How what is told is told: when, how soon, how sure, by which test; that something else agrees. */
const TOLD =
  '(?<![가-힣])(?:바로|즉시|금방|곧|되도록|가급적|웬만하면|아예|그냥|진짜|정말|완전|원래|평소|요즘|요새|최근|지금|이제|이젠|당시|예전|옛날|과거|한때|어릴\\s?(?:때|적)|어렸을\\s?(?:때|적)|작년|올해|이후|다음\\s?날|항상|늘|자꾸|자주|가끔|매번|하루\\s?종일|직행|진단|판정|소견|의심|예정|단계|수치|높게|양성|이력|병력|경험|외식|모임|회식|가족|집에?|모두|없이|빼면|것만|종류|털|껍질|분해|성|날\\s?것|날|생|지연성|유발)(?:부터|에서|에는|에도|에|은|는|이|가|을|를|도|으로|로|만|인|임|이에요|예요|입니다|이라|라|서)?(?![가-힣])|(?<=[은는ㄴ간본난]\\s)적(?:이|은|도)?(?![가-힣])|(?<![가-힣])간(?=\\s적)|(?<![가-힣])(?:받[았음아은]|나[옴왔온타]|걸[렸림]|생[겼긴]|괜찮|(?:불)?가능|상관|무관|만지|닿|바르|끓이|익히|마[십시셔신셨]|먹[었으는은어을]|섭취|심해|심하|조심|힘들|어렵|모르|됩니다|된다|차요|차서|찹니다|와요|와서|올라와)[가-힣]*|(?<![가-힣])(?:익힌|구운|삶은|볶은|튀긴|말린)\\s?|유발\\s?(?:식품|음식|물질)|(?<![가-힣])참(?![가-힣])|(?<![가-힣])덜\\s?익[은힌]|\\b(?:ok(?:ay)?|fine|pls|please|thx|thanks|class|igg?e?|mast|test|since|childhood|severely|slight|mildly?)\\b';

/** Words about what is not eaten, diseases and how they are told. */
export const NO_FOODS = [NOT_EATEN, NOT_EATEN_EN, DISEASES, TOLD].join('|');

const OF_NO_FOOD = new RegExp(`${NOT_EATEN}|${NOT_EATEN_EN}|${DISEASES}`, 'u');
const OF_FOOD = /(?:음식|식품)\s?(?:물\s?)?알레르기|\bfood allerg/u;

/** Whether an item of a list tells of what is not eaten, or of a disease, and of no food besides: `알레르기 비염`. */
export function isOfNoFood(item: string): boolean {
  return OF_NO_FOOD.test(item) && !OF_FOOD.test(item);
}
