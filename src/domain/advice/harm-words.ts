/** Before a word of feeling: that the bowel is what is sensitive, or that it is a smell that is felt, and no food. */
const NOT_OF_THE_BODY = '(?<!(?:장|속|위|배|피부|몸|대장|냄새|향|비린내|식감|맛|소리)[이가은는도에]?\\s?)';
/** What the body does after eating. */
const UPSET =
  '설사|변비|복통|배탈|탈[이나]|체[해하한함]|구토|토[해하한함]|가스|아[프파픔픕팠퍼]|불편|더부룩|부글|쓰[리려림]|따[가갑]|간[질지]|두통|기절|쓰러|응급|안\\s?좋|나[쁘빠]|(?<!(?:[싶좋]|맛있|고[파프])[어아]?\\s?)죽[어겠는]|죽을\\s?(?:뻔|것|수|만큼)|큰일|꾸르륵|꾸[룩루]|방귀|트림|화장실|메스꺼|메슥|울렁';

/** Words by which a harm is told, and no food: what is left of a text is what it names. Parts of a regular expression as well. */
export const ABOUT_HARM = [
  `(?<![가-힣])(?:배|속|장|위|입|목|입술|혀|몸|피부|얼굴)(?:이|가|에|도|만|은|는)?\\s?(?:(?:잘|자꾸|좀|너무)\\s)?(?:${UPSET}|안\\s?[맞받]|가[려렵]|부[었어음]|붓)[가-힣]*`,
  `(?<![가-힣])(?:${UPSET})[가-힣]*`,
  '(?:안|못)\\s?(?:맞|받|돼|되|됩|됨|하|해|함|시켜)[가-힣]*|소화[가를도]?|섭취[가-힣]*',
  '(?<![가-힣])(?:불가|의심|양성|위험|중증|경증|심각|민감|과민|예민|끊|결핍|부족|응급실|갔|가렵|부었|앨러지|에피펜|아낙필)[가-힣]*|분해\\s?효소|(?<![가-힣])(?:검사에서|단|유|털|분|병)(?![가-힣])',
  '\\b(?:sensitiv\\w*|tolerates?|do|not|bothers?|upsets?|bloat\\w*|makes?|gives?|diarrh?o?ea|deadly|kills?|epi|pens?|epi-?pens?|malabsor\\w*|deficien\\w*|forbidden|prohibit\\w*|allowed|nothing|contain\\w*|sick|stomach|hurts?|vomit\\w*|cramps?|runs|loose|stools?|yes|disease|disagrees?)\\b',
].join('|');

/** That the body does not take a food: it must be avoided. Parts of a regular expression for a text in small letters. */
export const HARMS = [
  '알[레래러]르?[기지]|앨러지|불내|금기',
  '두드러기|아나?필락|아낙필|호흡\\s?곤란|숨이|가[려렵][워움운다]?|간지러|발진|쇼크|부[어었]|(?:입|입술|목|얼굴|눈|혀)[이가도은]?\\s?(?:퉁퉁\\s?)?부[음은]|붓|응급실|에피펜',
  `(?:먹|마시|드시|섭취하)으?면\\s?[^,.]{0,8}(?:배(?![가-힣]|\\s?고)|배[가도만]|속|${UPSET})`,
  `(?:먹|마시|드시|섭취하)고\\s?(?:나서\\s?)?[^,.]{0,8}(?:${UPSET})`,
  '안\\s?(?:맞|받)|(?:맞|받)지\\s?(?:않|못)|못\\s?받|소화[가를도]?\\s?(?:잘\\s?)?(?:안|못|불|힘들|어려)',
  `${NOT_OF_THE_BODY}(?:민감|예민|과민)|(?:유당|락타|락토[스즈]|젖당)[가-힣]*\\s?(?:분해\\s?)?(?:효소\\s?)?(?:결핍|부족)|(?:유당|락토[스즈]|젖당)[을를]?\\s?(?:분해|흡수|소화)[가를이]?\\s?(?:못|안|장애|불량)|셀리악`,
  '\\b(?:allerg|intoleran|anaphyla|epi-?pens?\\b|hives|rash|react|malabsor|deficien|sensitiv(?:e to|ity)|(?:gluten|wheat|milk|dairy|lactose|egg|nut|soy|fish|shellfish)[- ]sensitive|co?eliac)',
  "\\b(?:upsets?|bothers?|(?:makes?|gives?) (?:me|my)|disagrees?|diarrh?o?ea|bloat|cramps|(?:gives?|gave) me the runs|vomit|hurts?|kills?|(?:not|n't|cannot) (?:\\w+ )?tolerate)",
].join('|');

/** What the gut alone does: an intolerance to amounts, and none of the signs of an allergy. What is told without a part of the body (`먹으면 아파요`) may be either. */
const GUT =
  '(?:배|속|장|위)(?:가|이|도|만|은|는|에)?\\s?(?:(?:너무|자꾸|자주|좀|많이|꼭)\\s)?(?:아[프파픔픕팠퍼]|불편|안\\s?좋|나[쁘빠]|쓰[리려림]|더부룩|부글|꼬[여이]|빵빵|꾸[룩르루])[가-힣]*|(?:배탈|설사|복통|탈[이나]|체[해하한함]|가스|더부룩|부글|방귀|트림|화장실|꾸[룩르루]|속쓰)[가-힣]*(?:\\s차[가-힣]*)?';
/** That a food upsets the gut, as a whole clause. */
export const UPSETS_GUT = [
  `(?:먹|마시|드시|섭취하)(?:으?면|고\\s?나서|고)\\s?[^,.]{0,8}?(?:${GUT})`,
  '소화[가를도]?\\s?(?:잘\\s?)?(?:안|못)\\s?(?:돼|되|됩|됨|시켜|시킴|해|하|함)[가-힣]*|소화(?:하|시키|되)?지\\s?(?:못|않)[가-힣]*',
  '\\b(?:upsets?|bothers?|hurts?) my (?:stomach|belly|gut|tummy|bowels?)\\b|\\b(?:gives?|makes?) (?:me|my) [^,.]{0,12}?\\b(?:diarrh?o?ea|bloat\\w*|cramps?|gas(?:sy)?|the runs|loose stools?|stomach ?aches?)\\b',
].join('|');
/** Signs that are none of the gut alone, wherever they stand beside: then it may be an allergy. Vomiting is one of both. */
export const MORE_THAN_GUT =
  /알[레래러]르?[기지]|앨러지|두드러기|아나?필|아낙필|호흡|(?<![가-힣])(?:숨|목|입|입술|혀|얼굴|눈|피부|온?몸)(?:[이가에은는도만술]|안|\s|$)|가[려렵]|간지러|발진|쇼크|붓|부[어었음]|구토|토[해하한함]|기절|쓰러|응급|에피펜|어지|\b(?:allerg|anaphyla|epi|hives|rash|itch|swell|swollen|throat|lips?|tongue|breath|vomit|faint|dizz)/u;

/** The one that takes something out: to lose weight leaves nothing out of a meal. */
const TAKES_OUT = '(?<!(?:살|체중|뱃살|무게)[을를만도]?\\s?)빼';
/** A caution: no way of thinking (`채식주의자`, `완벽주의`) and no week (`2주의`, `한 주의`). */
const CAUTION = '(?<!(?:채식|비건|자유|완벽|개인|\\d|(?<![가-힣])[일이삼한두세네첫매])\\s?)주의(?!자)';
/** A word of caution, which tells of no reaction: `우유 주의`. */
export const CAUTIONED = `조심|${CAUTION}`;
/** That a food is left out for whatever reason. */
export const LEFT_OUT = `${TAKES_OUT}|제외|금지|금물|불가|제한|끊[어었은음고]|피[하함해]|${CAUTIONED}|위험|말고|(?:먹|드시)으?면\\s?안|안\\s?(?:됨|돼|되|됩)|섭취[는를도]?\\s?(?:안|못|불)|[가-힣)]\\s?\\(?[x×](?=$|[\\s).!])|\\b(?:avoid|exclud|except|forbid|prohibit|not allowed|nothing (?:with|containing))`;
