import {
  BAD_CHEWING,
  BLOOD_THINNERS,
  EATING_DISORDERS,
  FRUCTOSE,
  GOUT,
  HEARTS,
  MAO_INHIBITORS,
  PRESSURE,
  SET_BY_A_CLINIC,
  STONES,
  SUGAR,
  WATCHED,
} from './conditions.js';
import { OF_ANOTHER } from './kin.js';
import { partsOf } from './parts-of-text.js';

/**
 * Conditions in which every word on eating less, and every step more, can harm: an eating disorder, a low weight, lost weight, cancer under treatment, a stomach that was taken away. Sources: AGA 2022 on
 * poor candidates for a diet that restricts; a body mass index below 18.5 is underweight (WHO); malnutrition costs patients their treatment (`cancer-nutrition-2019`).
 */
const NO_LESS = [
  ...EATING_DISORDERS,
  String.raw`저체중|체중\s?(?:미달|부족)|체중[이은도]\s?(?:너무\s?|자꾸\s?|계속\s?)*(?:적|줄|빠[져졌지])|살[이은도]\s?(?:(?:너무|자꾸|계속|많이|급격히|갑자기|엄청)\s?)*(?:빠[져졌지진짐](?!고\s?싶|으?면|게)|안\s?[쪄찌])|살\s?(?:(?:너무|자꾸|계속|많이|급격히|갑자기|엄청)\s?)+빠[져졌지진짐](?!고\s?싶|으?면|게)|살\s?빠(?:졌(?!으면)|져요|져서)|체중\s?감소(?!\s?(?:목표|중|약|식단|프로|를?\s?(?:위|원)|하고\s?싶))|\d\s?(?:kg|키로|킬로)(?:그램)?(?:이나|나|정도|가량|가|이)?\s?(?:빠[졌져진짐]|줄[었어])|(?<![가-힣])마른\s?(?:체질|편|몸)|너무\s?말[랐라]|살\s?찌고\s?싶|(?:체중|몸무게|살)[을를]?\s?(?:증량|늘리|찌우)|영양\s?(?:실조|결핍|불량)`,
  String.raw`underweight|malnutrition|malnourish[a-z]*|(?:losing|lost) (?:\w+ ){0,4}weight`,
  String.raw`항암(?!\s?(?:식품|효과|작용))|(?<![가-힣])암\s?(?:환자|수술|치료|투병)|위\s?(?:를\s?)?절제|chemotherapy|gastrectomy`,
  String.raw`(?:\bbmi|체질량\s?지수)\s?(?:is|of|가|이|는|은)?\s?[:=]?\s?1[0-8](?!\d)`,
];
/** Conditions in which a patient should leave no foods out without being looked after. Sources: Monash University on pregnancy, AGA 2022 on eating disorders and malnutrition; the other diseases are an own rule. */
const TREATED = [
  String.raw`임신|임산부|(?<![가-힣])임부|(?<![가-힣])산모(?!임)|(?:모유\s?)?수유(?!동|역|리)|산후|출산\s?(?:후|직후|한)`,
  String.raw`췌장염|셀리악|크론|궤양성\s?대장염|염증성\s?장|(?:위|대장|폐|간|유방|췌장|난소|자궁|담도|갑상선|갑상샘)암`,
  String.raw`\bpregnan[a-z]*|breast-?\s?fe[a-z]*|\bnursing\b(?! home)|pancreatitis|co?eliac|crohn[a-z']*|\bcolitis|\bibd\b|\bcancer|post-?partum`,
  ...[SET_BY_A_CLINIC, SUGAR, BLOOD_THINNERS, GOUT, STONES, MAO_INHIBITORS, HEARTS, WATCHED].flat(),
  BAD_CHEWING,
];
const CARE = wordsOf([...NO_LESS, ...TREATED]);
/** One of them with what stands behind a name: `임신 중이라`, `신장이 안 좋아서`. */
const NAMED = new RegExp(
  `(?:${[...TREATED, ...PRESSURE, ...FRUCTOSE].join('|')})(?:[병증])?(?:이에요|예요|입니다|이라서?|라서?|이고|고|인데|이며|이|가|은|는|도|아서|빠서|환자[가-힣]*)?(?:\\s중[가-힣]*|중(?:이[가-힣]*|인[가-힣]*|입니다|에는?|임)?(?![가-힣]))?`,
  'gu',
);
/** The first of them alone. */
const RESTRICTS_NEVER = wordsOf(NO_LESS);
/** What feeds a child: a mother who writes `딸은 모유 수유 중` tells of herself. */
const MILK = /수유|breast|nursing/u;

/** Behind a condition: that it is not there, or is over. Each is said of the condition itself: `당뇨가 있는데 알레르기는 없어요` tells of diabetes. */
const NOT_SO = new RegExp(
  [
    String.raw`^\s?(?:병|증)?\s?(?:중|여부|유무|이력|경험|계획|가능성|증상|진단|검사|결과|장애|[한인]\s?적|걸린\s?적|\s)*`,
    String.raw`(?:(?:이?나|또는|및|와|과|도)\s?(?:임신|(?:모유\s?)?수유|당뇨|신장\s?(?:병|질환))(?:병|\s?중)?)?`,
    String.raw`(?:은|는|이|가|도)?\s*[:：(]?\s*`,
    String.raw`(?:없(?!어지|지\s?않|애)|아[니님닙닌]|안\s?(?:해|함|하|했|걸|받)|하지\s?않|[x×](?![a-z\d])|무\s*\)?$|했었|끝[났남]`,
    String.raw`|(?:정상|완치)(?!\s?(?:이|가|은|는|범위)?\s?(?:아|안|못|되지|밖)))`,
    String.raw`|^\s?(?:병\s?)?가족력`,
    String.raw`|^(?:\s(?:disease|status|mellitus|history))*\s?[:：?(–-]?\s?(?:no|none|nil)\s*\)?$`,
  ].join(''),
  'u',
);
/** Before one, in English. Of other words between the two, `no sugar, diabetic` would be no diabetes. */
const NO = new RegExp(
  [
    String.raw`\b(?:no|not|never|without|don't|doesn't|isn't|ain't)\s`,
    String.raw`(?:(?:known|family|history|of|an?|any|have|had|has|been|currently|longer|yet|diagnosed|with|type|[12]|chronic|gestational)\s)*`,
    String.raw`(?:(?:pregnan\w+|diabet\w+|(?:kidney\s)?disease|breast-?\s?feeding|nursing)\s(?:or|nor)\s)?$`,
    String.raw`|\bnon[\s-]?$`,
  ].join(''),
  'u',
);
/**
 * Whether a free text about food speaks of a condition of the writer in which a diet that leaves foods out is for a doctor or a dietitian to decide. What is doubtful speaks: to be told to ask a doctor
 * does no harm.
 */
export function speaksOfCare(text: string): boolean {
  return speaksOf(CARE, text) || tellsOfDisorder(text);
}

/** A text without such conditions: their names are those of no food. */
export function withoutConditions(text: string): string {
  return text.replaceAll(NAMED, ' ');
}

/** Whether it speaks of an eating disorder, of a low weight or of one that is lost: to a patient like that no advice speaks of less food or of more steps. */
export function forbidsLess(text: string): boolean {
  return speaksOf(RESTRICTS_NEVER, text) || tellsOfDisorder(text);
}

const DISORDERS = wordsOf(EATING_DISORDERS);
/** That it is over. Of a disorder of eating it is no word that foods may be left out again. */
const IS_OVER = /완치[가-힣]*|극복[가-힣]*|했었[가-힣]*|(?:다\s)?나았[가-힣]*/gu;

/** Whether it speaks of a disorder of eating, of earlier years too. */
export function tellsOfDisorder(text: string): boolean {
  return speaksOf(DISORDERS, text.replaceAll(IS_OVER, ' '));
}

/** Whether a text tells of such a condition of its writer's. */
export function speaksOf(conditions: RegExp, text: string): boolean {
  return partsOf(text)
    .flatMap((part) => part.split(/[,·/]+|\sand\s/u))
    .some((part) => [...part.matchAll(conditions)].some(({ 0: condition, index }) => isOwn(condition, part.slice(0, index), part.slice(index + condition.length)))); // prettier-ignore
}

/** Alternatives as one expression that finds each of them. */
export function wordsOf(alternatives: readonly string[]): RegExp {
  return new RegExp(alternatives.join('|'), 'gu');
}

function isOwn(condition: string, before: string, after: string): boolean {
  if (NOT_SO.test(after) || NO.test(before)) return false;
  return MILK.test(condition) || !OF_ANOTHER.test(before);
}
