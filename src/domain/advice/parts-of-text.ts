import { usuallySpelt } from './usual-spelling.js';
import { MADE_OF, MEANT, REFUSED } from './words-of-foods.js';

/** Where a patient turns to something else: what is refused in one part says nothing of the next. `밀하고 우유` goes on, `좋아하고 우유는` does not. */
const PARTS =
  /(?<=(?<![가-힣])(?!망고|표고|당고|인고)[가-힣]*[^하\s]고|[아어워피한호취금]하고|지만|는데|괜찮은데|좋은데|으며)\s+(?!싶)|[.;\n]+|\s(?:but|그리고|하지만|다만|그런데|근데|그러나)\s/u;
/** What stands between the foods of a list. */
export const ITEMS = /[,·/]+|\s(?:and|or|nor)\s/u;

/** A food that bears a flag or a preference, and others that are often named beside one. */
const FOOD = `(?:${[...MEANT, ...MADE_OF, ...REFUSED].map(([, words]) => words.source).join('|')}|채소|야채|과일|나물|버섯|오이|당근|양파|마늘|쌀)`;
const TOPIC = '(?:은|는|이|가|도|만|을|를)?';
/** That a food is eaten, at the end of what is said of it. */
const EATEN_AT_END =
  '(?:(?:섭취\\s?|먹기\\s?)?(?:괜찮|가능|무관|상관\\s?없|문제\\s?없)[가-힣]*|(?:잘\\s)?(?:먹[어음는고습]|드[셔십세시]|마[셔심신십시])[가-힣]*|좋[아은음][가-힣]*|ok(?:ay)?)';
/** A word with which a refusal ends. */
const REFUSED_AT_END =
  '(?:(?:안|못)\\s?(?:먹|드|마|시|해|하|돼|되|됨|맞|받)[가-힣]*|싫[가-힣]*|극혐|알레르기[가-힣]*|불내증[가-힣]*|(?<![가-힣])(?:있[어습음]|심[해하]|아[파프픔]|났|나[요서]|남(?![가-힣])|설사)[가-힣]*|빼[고요]|제외[가-힣]*|금지|피[하함해][가-힣]*|(?:먹|마시|좋아하)지\\s(?:못|않)[가-힣]*|\\sx)';
/** Behind a refusal, another food that is eaten: `돼지고기 안 먹음 소고기 ok`, `갑각류 알레르기 (생선은 가능)`, `우유 알레르기로 두유만 마셔요`. What was refused before stays so. */
const TURNS_TO_EATEN = new RegExp(
  `(?<=${REFUSED_AT_END})[\\s(]+(?=(?!(?:저[는도]?|나[는도]?|안|못|거의|잘|덜|다|다시|그냥|같이|자주|많이|조금|가끔)\\s)[가-힣]+(?:(?:하고|[와과랑]|이랑)?\\s(?!안|못)[가-힣]+)?${TOPIC}\\s?(?<!(?:안|못)\\s?)${EATEN_AT_END}\\s*[)~!]*\\s*(?:$|[.,;]))`,
  'gu',
);
/** Foods of which English texts say briefly what is eaten. */
const FOOD_EN =
  '(?:pork|beef|chicken|fish|seafood|shrimps?|prawns?|crabs?|milk|dairy|cheese|yogh?urt|eggs?|wheat|bread|gluten|nuts?|peanuts?|soy|tofu|meat|lamb|duck|turkey)';
/** The same in English: `no pork beef ok`. */
const ENGLISH_TURNS_TO_EATEN = new RegExp(
  `(\\b(?:no|not|never|without|avoid|don't eat|can't eat|cannot eat) ${FOOD_EN}) (?=${FOOD_EN}(?: (?:is|are))? (?:ok(?:ay)?|fine|good)\\s*(?:$|[.,;!)]))`,
  'gu',
);
/** Behind a food that is eaten, another one that is refused: `소고기 ok 돼지고기 no`. Both are known foods, or the refusal may be one of the first: `새우 먹어요 배는 아파요`. */
const TURNS_TO_REFUSED = new RegExp(
  `(?<=${FOOD}[가-힣]{0,2}\\s?(?:괜찮[가-힣]*|(?<!불)가능[가-힣]*|좋아[가-힣]*|먹(?:어|습니다|는다)[가-힣]*|ok(?:ay)?))\\s+(?=[가-힣]*${FOOD})`,
  'gu',
);
/** That the gut does something, where no word says that it follows eating: `우유는 배 아파요`, `계란 설사`. */
const FOLLOWS_EATING = new RegExp(
  `(${[...MEANT, ...MADE_OF].map(([, words]) => words.source).join('|')})(?:은|는|만|도)?\\s+(?=(?:(?:배|속)[이가]?\\s?(?:아[프파픔]|불편|더부룩|부글|쓰[리려림]|안\\s?좋)|설사|복통|배탈|가스\\s?(?:차|찬|참)|체[했함])[가-힣]*\\s*(?:$|[.,;]))`,
  'gu',
);

/** That a food is eaten, and what the gut or the skin does then: `새우 먹어요 배는 아파요`, `한 모금만 마셔도 설사`, `먹긴 하는데 두드러기 올라와요`. What is eaten because of it (`배가 아파서`) is none. */
const EATEN_AND_UPSET = new RegExp(
  `(?:먹|마시|마셔|드시|드셔)(?:고(?:\\s?나서)?|어요|어도|습니다|어|는데|긴?\\s?(?:하는데|하지만|해요|한데)|지만|도|요|음|다가?|었[는더]?[데니]?)[\\s,.]+(?=(?:(?:가끔|좀|조금|많이|늘|자꾸|근데|그런데|다음\\s?날|바로)\\s)*(?:(?:배|속|위|장)(?:는|은|이|가|도|만)?\\s?(?:아[프파픔픕팠퍼]|안\\s?좋|불편|더부룩|부글|쓰[리려림])(?![가-힣]*서)|설사(?![가-힣]*서)|복통|배탈|가스[가는]?\\s?(?:차|찬|참)|두드러기|가려[워움웠]|입술[이은]?\\s?부|목[이은]?\\s?(?:부|간|따)))`,
  'gu',
);

/** The parts of a text, in small letters. `All but pork` refuses pork, and `but` there turns to nothing else. */
export function partsOf(text: string): string[] {
  return usuallySpelt(text)
    .replaceAll(
      /\b(?:other than|apart from|(?<=\b(?:all|everything|anything|nothing|allerg(?:y|ies)|intolerances?|restrictions?) )but)\b/gu,
      'except',
    )
    .replaceAll(/(?<=\bnot allergic to [^.;,]*) but(?: to)?\b/gu, '; allergic to')
    .replaceAll(
      /(먹|마시|드시)고(?:\s?나서)?\s+(?=[^,.;]{0,10}(?:응급|부[었어음은]|붓|토[해하한함합]|설사|복통|배[가도]?\s?아[프파팠]|기절|쓰러|두드러기|배탈|탈났|가[려렵]|체[했한함]|숨|입술|아나?필))/gu,
      '$1으면 ',
    )
    .replaceAll(EATEN_AND_UPSET, ' 먹으면 ')
    .replaceAll(/\b(?:but|and) (?=(?:it|they|this|that) (?:hurts?|upsets?|makes?|gives?|bothers?)\b)/gu, '')
    .replaceAll(/우유\s?(?:대신|말고)\s(?=[가-힣]*(?:두유|물|주스|커피|차)\s?(?:를|을|로|만)?\s?(?:마|먹|드))/gu, '우유 안 마심; ')
    .replaceAll(/(글루텐|밀|땅콩|견과|계란|달걀)\s?프리(?![가-힣])/gu, '$1 못 먹음; ')
    .replaceAll(/우유\s?(?:대신|말고)\s?(?=락토|유당|무유당)/gu, '')
    .replaceAll(/(?:유당|락토스?)\s?프리(?:우유)?(?:만(?=\s)|(?![가-힣]))|(?<![가-힣])무\s?(?:유당|락토스)/gu, '유당 못 먹음; ')
    .replaceAll(/(?<![가-힣])무\s?글루텐/gu, '글루텐 못 먹음; ')
    .replaceAll(/(?<![가-힣])회\s?(?=알레르기)/gu, '생선 ')
    .replaceAll(
      /((?:수유|임신)\s?중(?:이고|인데|이며|이라)?)\s+(?=(?:(?:저희|우리)\s?)?(?:아기|아이|애기|애가|딸|아들|첫째|둘째))/gu,
      '$1; ',
    )
    .replaceAll(ENGLISH_TURNS_TO_EATEN, '$1; ')
    .replaceAll(FOLLOWS_EATING, '$1 먹으면 ')
    .replaceAll(TURNS_TO_EATEN, '; ')
    .replaceAll(TURNS_TO_REFUSED, '; ')
    .split(PARTS);
}
