/**
 * Words of what a patient can have, by what it means for a menu (decision 063). Each is a part of a regular expression for a text in small letters. Sources stand in `data/sources.csv`.
 */

/** That swallowing is hard, or that food goes the wrong way. */
const BAD_SWALLOWING =
  "(?:연하|삼킴)\\s?(?:곤란|장애)|삼키(?:기|는\\s?(?:것|게|거))[가이도]?\\s?(?:너무\\s|좀\\s|잘\\s)?(?:힘들|힘듦|어려|어렵|불편|안)|(?:잘\\s)?(?:못|안)\\s?삼[키켜킴]|삼키지\\s?못|사레|연하식|점도\\s?증진|dysphagia|(?:trouble|difficulty|problems?) (?:with )?swallowing|(?:can(?:not|'t)|hard to) swallow";
/** That chewing is. */
export const BAD_CHEWING =
  "씹(?:기|는\\s?(?:것|게|거))[가이도]?\\s?(?:너무\\s|좀\\s|잘\\s)?(?:힘들|힘듦|어려|어렵|불편|안)|(?:잘\\s)?(?:못|안)\\s?씹[어음습]|씹지\\s?못|(?<![가-힣])(?:틀니|의치)(?![가-힣]*\\s?없)|임플란트|발치|(?:딱딱한|질긴)\\s?(?:음식|것|거|건|게)?[을를은는이가도]?\\s?(?:잘\\s)?(?:못|안|힘들|어려)|(?<![가-힣])(?:이|치아)[가는]\\s?(?:거의\\s|다\\s)?(?:없|빠[졌져지]|흔들|아파|아프|부러|약[하해])|(?:trouble|difficulty|problems?) (?:with )?chewing|(?:can(?:not|'t)|hard to) chew|\\bdentures?\\b";

/** Diseases in which salt, potassium, phosphorus, fluid and protein are set for each patient. Sources: `kidney-diet`, `heart-failure-salt`, `cirrhosis-salt`. */
const ORGANS = [
  String.raw`콩팥\s?(?:병|염|질환|이식|기능|수치|암)|신장\s?(?:병|염|질환|이식|투석|기능|수치|암)|(?:콩팥|신장)(?:이|은|도|\s)\s?(?:안\s?좋|나[쁘빠]|약[하해])|신부전|투석|사구체|신증|신병증|단백뇨|(?:콩팥|신장)[이은도]?\s?(?:한\s?쪽|하나)|크레아티닌`,
  String.raw`칼륨(?!\s?(?:영양제|보충))|저칼륨|저인\s?식|저단백|(?:수분|단백질|(?<![가-힣])인)\s?(?:섭취\s?)?[을를은는]?\s?제한`,
  String.raw`심부전|간경[화변]|복수[가도]?\s?(?:차|찼|있)|간성\s?(?:혼수|뇌증)`,
  String.raw`\bkidney(?![\s-]?(?:beans?|stones?))|\brenal\b|dialysis|\bckd\b|nephr(?:itis|otic)|creatinine|(?:low|high) potassium|fluid restriction|heart failure|cirrhosis|ascites`,
];
/** An operation on the stomach: food comes back in steps, from fluids on, each set by a dietitian. Source: `bariatric-steps`. */
const STOMACH = [
  String.raw`(?<![가-힣])위\s?(?:를|을)?\s?(?:전|아전|소매)?\s?절제|위\s?(?:우회|소매|밴드|축소)(?:술|\s?수술)?|위\s?전절제|비만\s?(?:대사\s?)?수술|위암\s?수술|슬리브\s?수술|덤핑\s?증후군`,
  String.raw`gastrectomy|bariatric|gastric (?:bypass|sleeve|band)|dumping syndrome`,
];
/** A bowel that is short, narrow or opened, and food by a tube or a vein. Source: `short-bowel`. */
const BOWEL = [
  String.raw`단장\s?증후군|장\s?폐색|장\s?협착|(?:크론|소장|대장|회맹부)[^,.]{0,6}협착|장이\s?막[혔혀]|저잔[사여]|회장루|장루|콧줄|비위관|경관\s?(?:식|영양|급식)|위루|튜브로 먹|정맥\s?영양`,
  String.raw`short (?:bowel|gut)|bowel obstruction|crohn[^,.]{0,10}strictur[a-z]*|bowel strictur[a-z]*|low[- ]residue|(?:ile|col)ostomy|tube[- ]?fe|feeding tube|\btpn\b|parenteral nutrition`,
];
/** What is not taken apart from birth on, an acute pancreas, and iodine that is left out before a treatment. Sources: `hereditary-fructose`, `acute-pancreatitis`, `low-iodine`. */
const OTHER_CLINICS = [
  String.raw`페닐케톤|단풍\s?당뇨|갈락토스\s?혈증|유전성\s?과당|선천\s?(?:성\s?)?대사|요소\s?회로|윌슨병|급성\s?췌장염|저요오드|요오드\s?(?:섭취\s?)?제한|방사성\s?요오드|케톤\s?생성`,
  String.raw`\bpku\b|phenylketonuria|galactos(?:a)?emia|hereditary fructose|wilson'?s disease|acute pancreatitis|low[- ]iodine|radioiodine|radioactive iodine`,
];

/**
 * Disorders of eating: to leave foods out, to judge them and to count can feed them. A word for a way of eating (`폭식`, `먹토`) counts like the name of a disorder: such a patient is one to be looked after first. Source:
 * `monash-disordered`.
 */
export const EATING_DISORDERS = [
  String.raw`거식|(?:섭식|식이)\s?장애|이상\s?섭식|폭식|먹토|폭토|씹뱉|프로아나|신경성\s?(?:식욕|대식|과식|폭식)|(?:음식|밥|아무\s?것도)[을를이가은는도]?\s?먹(?:는\s?[게것거][이가]?|기가?)\s?(?:너무\s?|좀\s?)?(?:무서|무섭|두려|두렵|겁)`,
  String.raw`(?:^\s*|(?:밥|음식|폭식|자꾸|자주|매일|매번|항상|늘|일부러|억지로)[을도]?\s)먹(?:고|으면)(?:\s?나서|\s?나면)?\s(?:(?:자꾸|자주|매번|항상|늘|다|일부러|억지로|바로)\s)*토(?:하|해|함|합)`,
  String.raw`(?:eating|food intake) disorders?|disordered eating|anorexi[a-z]*|bulimi[a-z]*|orthorexi[a-z]*|binge(?!\s?-?(?:drink|watch))|\barfid\b|\b(?:afraid|scared|terrified) (?:of|to) eat(?:ing)?(?: anything| food)?\s*$`,
];

/** Conditions whose diet is set for each patient: no dish of the catalogue can be called part of it. What is swallowed badly is cut, mashed or thickened by a level that was measured (`iddsi-levels`). */
export const SET_BY_A_CLINIC = [...ORGANS, ...STOMACH, ...BOWEL, ...OTHER_CLINICS, BAD_SWALLOWING];

export const SUGAR = [
  '당뇨|혈당|인슐린|메트포르민|다이아벡스|글루코파지|자누비아|포시가|자디앙|글리메피리드|아마릴',
  'diabet[a-z]*|insulin|metformin|januvia|jardiance|forxiga',
];
/** Only warfarin and its like change with vitamin K. Which drug against clots it is, a text need not tell. */
export const BLOOD_THINNERS = [
  String.raw`와파린|쿠마딘|항응고|혈전\s?(?:약|용해|예방|방지)|(?:피|혈액)[를을가]?\s?묽게`,
  'warfarin|coumadin|blood thinners?',
];
export const GOUT = [String.raw`통풍(?!이 (?:잘|안))|요산|\bgout\b|uric acid`];
/** Source: `oxalate-stones`. */
export const STONES = [String.raw`(?:신장|콩팥|요로|옥살산|수산)\s?결석|kidney stones?|oxalate`];
/** Drugs that keep tyramine from being taken apart. Source: `maoi-tyramine`. Isoniazid, of tuberculosis, does so in part: an own rule. */
export const MAO_INHIBITORS = [
  String.raw`\bmao\s?(?:억제|저해|inhib)|\bmaois?\b|모노아민\s?산화\s?효소|페넬진|트라닐시프로민|이소카르복사지드|모클로베마이드|오로릭스|셀레길린|마오비|라사길린|아질렉트|사피나미드|리네졸리드|이소니아지드|결핵\s?약`,
  String.raw`phenelzine|tranylcypromine|isocarboxazid|moclobemide|selegiline|rasagiline|azilect|safinamide|linezolid|isoniazid|\bnardil\b|\bparnate\b`,
];
/** Hearts and vessels: salt, and a doctor first. */
export const HEARTS = [
  String.raw`심장\s?(?:병|질환|수술)|심장이\s?(?:안\s?좋|나[쁘빠]|약[하해])|협심증|심근경색|심근병|부정맥|심방\s?세동|관상동맥|스텐트|판막|뇌졸중|뇌경색|뇌출혈|heart disease|angina|arrhythmia|atrial fibrillation|\bstents?\b|\bstroke\b`,
];
/** A blood pressure that is high, and a diet with little salt. Source: `salt-pressure`. */
export const PRESSURE = [
  String.raw`고혈압|혈압[이은도]?\s?(?:너무\s?|좀\s?|조금\s?)?높|혈압\s?약|저염|저나트륨|무염|(?:나트륨|염분|소금)\s?(?:섭취\s?)?[을를은는]?\s?(?:제한|줄)|싱겁게|(?:짠|짜게)\s?[^,.]{0,6}(?:안\s?(?:돼|되|됨)|못|피하|금지)`,
  String.raw`high blood pressure|hypertension|hypertensive|low[- ](?:salt|sodium)|less salt|no salt`,
];
/** Fructose that is not taken up, which may also be the disease of that name. Source: `hereditary-fructose`. */
export const FRUCTOSE = [String.raw`과당\s?(?:불내|흡수)(?:증|장애|\s?불량)*|fructose (?:intoleran[a-z]*|malabsorption)`];

/** Fats of the blood that are high, and drugs against them. Source: `cholesterol-fat`. */
export const LIPIDS = [
  String.raw`고지혈|고지질|이상\s?지질|콜레스테롤|(?<![a-z])ldl(?![a-z])|중성\s?지방|스타틴|리피토|크레스토|로수바|아토르바`,
  String.raw`cholesterol|hyperlipid[a-z]*|dyslipid[a-z]*|triglycerides?|\b[a-z]*statins?\b`,
];
/** A liver with too much fat. Source: `fatty-liver-diet`. */
export const FATTY_LIVER = [String.raw`지방\s?간|fatty liver|\b(?:nafld|nash|masld)\b`];
/** Acid that comes back up, and a stomach that is sore. Source: `reflux-diet`; that it holds for the stomach too is an own rule. */
export const REFLUX = [
  String.raw`역류성\s?식도염|위식도\s?역류(?:\s?질환|\s?병)?|역류|식도염|위염|위\s?궤양|십이지장\s?궤양|소화성\s?궤양`,
  String.raw`\bgerd\b|\bgord\b|(?:acid|oesophageal|esophageal) reflux|\breflux\b|gastritis|(?:stomach|peptic|gastric|duodenal) ulcers?`,
];
/** Food with much fat that is not borne, or left out: `기름진거 먹으면 바로 설사`, `튀김 못 먹어요`. */
export const FAT_NOT_BORNE = [
  String.raw`(?:기름진|기름기|기름\s?많은|느끼한|튀김|튀긴|지방\s?많은)[^,.]{0,12}(?:못|안\s?(?:먹|맞|좋|받|돼|됨)|싫|설사|배|속|피[하해함]|제한|줄[이여]|체[하해함]|가스)`,
  String.raw`\b(?:fatty|greasy|fried|oily)[^,.]{0,12}\b(?:upsets?|hurts?|makes?|gives?|bothers?)\b`,
  String.raw`\b(?:no|avoid|can(?:no|')t eat|can(?:no|')t have|can(?:no|')t do) (?:\w+ )?(?:fatty|greasy|fried|oily)`,
];
/** A thyroid that does too much: seaweeds hold much iodine. Source: `graves-iodine`. */
export const BUSY_THYROID = [String.raw`갑상[선샘]\s?(?:기능\s?)?항진|그레이브스|바제도|hyperthyroid[a-z]*|overactive thyroid|\bgraves\b`];
/** Histamine that is not taken apart. Source: `histamine-foods`. */
export const HISTAMINE = [String.raw`히스타민(?:\s?(?:불내증?|과민증?|민감|분해\s?장애|못))?|histamine(?: intoleran[a-z]*)?`];
/** Latex, whose likes are in some fruit. Source: `latex-fruit`. */
export const LATEX = [String.raw`라텍스|\blatex\b`];
/** Sulphites, of which labels tell and no flag: what is usually treated with them is left out, and the text stays one of which not all is understood. Source: `sulphite-foods`. */
export const SULPHITES = [String.raw`아황산|이산화황|sul(?:ph|f)ites?|sul(?:ph|f)ur dioxide`];
/** Pollen that reacts in the mouth with what is raw. Source: `latex-fruit`. */
export const MOUTH_ALLERGY = [String.raw`구강\s?알레르기\s?(?:증후군)?|oral allergy(?: syndrome)?|pollen[- ]food`];

/** Drugs that grapefruit makes stronger. Source: `grapefruit-drugs`. Which drug of its kind it is, a text need not tell. */
export const NOT_WITH_GRAPEFRUIT = [
  String.raw`스타틴|고지혈증\s?약|콜레스테롤\s?약|리피토|조코(?![가-힣])|혈압\s?약|고혈압\s?약|칼슘\s?(?:차단|채널)|펠로디핀|니페디핀|아달라트|암로디핀|노바스크|사이클로스포린|시클로스포린|산디문|타크로리무스|프로그랍|시롤리무스|에베로리무스|면역\s?억제제|이식|아미오다론|와파린|쿠마딘|부스피론|카르바마제핀`,
  String.raw`\b[a-z]*statins?\b|lipitor|zocor|\b[a-z]+dipine\b|blood pressure (?:pills?|tablets?|medicines?|medication|drugs?)|ciclosporin|cyclosporine?|tacrolimus|sirolimus|everolimus|immunosuppressants?|transplant|amiodarone|warfarin|coumadin|buspirone|carbamazepine`,
];
/** Source: `pregnancy-foods`. */
export const PREGNANCY = [String.raw`임신|임산부|(?<![가-힣])임부|\bpregnan[a-z]*`];
/** That germs are not kept off. Source: `transplant-foods`. */
export const WEAK_IMMUNITY = [
  String.raw`면역\s?(?:억제|저하)|(?:장기|간|심장|폐|골수|조혈모세포|췌장|신장|콩팥)\s?이식|백혈병|림프종|골수종|호중구|항암(?!\s?(?:식품|효과|작용))|immuno-?suppress[a-z]*|transplant[a-z]*|leuk[a]?emia|lymphoma|neutropeni[a-z]*|chemotherapy`,
];
/** An enzyme of red blood cells that is missing. Source: `g6pd-fava`. */
export const FAVISM = [String.raw`g6pd(?:\s?(?:결핍|부족)(?:증)?)?|포도당\s?-?6\s?-?인산|잠두\s?중독|favism`];

/** That a patient does not walk, or hardly: no count of steps is a goal for them. Own rule. */
export const NO_WALKING = [
  String.raw`휠체어|못\s?(?:걷|걸[어음])|걷지\s?못|걸을\s?수\s?없|걷기[가도]?\s?(?:너무\s?|많이\s?|좀\s?)?(?:힘|어려|어렵|불편)|거동[이을도]?\s?(?:불편|힘|못|어려|어렵)|보행\s?(?:장애|불가|곤란)|와상|(?:하반신|사지|편)\s?마비|누워\s?(?:만\s?)?지내`,
  String.raw`wheelchairs?|(?:can(?:no|')?t|unable to|hard to|trouble) walk(?:ing)?|bedridden|bedbound|paraplegi[a-z]*|quadriplegi[a-z]*`,
];

/** Other conditions in which a doctor or a dietitian comes first, by an own rule: none of them changes the menu, which holds nothing raw. */
export const WATCHED = [
  String.raw`면역\s?(?:억제|저하)|(?:장기|간|심장|폐|골수|조혈모세포|췌장)\s?이식|백혈병|림프종|골수종|호중구|immuno-?suppress[a-z]*|transplant[a-z]*|leuk[a]?emia|lymphoma`,
  String.raw`위고비|삭센다|오젬픽|마운자로|젭바운드|트루리시티|빅토자|\bglp-?1|wegovy|saxenda|ozempic|mounjaro|zepbound|semaglutide|liraglutide|tirzepatide`,
  // Drugs with which no alcohol is had. Source: `metronidazole-alcohol`.
  String.raw`메트로니다졸|후라시닐|티니다졸|디설피람|알코올\s?(?:의존|중독)\s?(?:약|치료)|metronidazole|flagyl|tinidazole|disulfiram`,
  String.raw`게실염|diverticulitis`,
  String.raw`간\s?(?:수치|염|질환|기능)|(?<![가-힣])장염|hepatitis|liver disease`,
];
