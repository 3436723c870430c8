/** A source's name in Korean. */
interface KoreanSource {
  readonly title: string;
  readonly publisher: string;
}

/** Sources of what is said, by id; the English is in `data/sources.csv`. A test holds that none which a point names is missing. */
export const SOURCES_KO: Readonly<Record<string, KoreanSource>> = {
  records: { title: '환자 본인의 기록: 기록을 그대로 말하거나 센 문장', publisher: 'IBSafe' },
  recipes: { title: 'data/dishes.csv의 조리법: 거기서 계산한 것', publisher: 'IBSafe Batch' },
  'own-rule': { title: '이 서비스의 규칙', publisher: 'IBSafe Batch' },
  'ibsafe-rules': { title: '기존 IBSafe 규칙 엔진의 수치', publisher: 'IBSafe' },
  'by-nature': { title: '수치가 필요 없는 것: 물과 소금에는 FODMAP, 식이섬유, 지방, 알레르기 성분이 없음', publisher: 'IBSafe Batch' },
  'nice-cg61': {
    title: '성인 과민대장증후군(CG61): 식사와 생활 권고. 2023년 10월의 요약으로 읽음',
    publisher: '영국 국립보건임상연구원(NICE)',
  },
  'uk-cmo-alcohol-2016': {
    title: '음주: 위험이 낮은 음주에 대한 권고(최고의료책임자 지침). 2016년 8월의 보도로 읽음',
    publisher: '영국 보건부',
  },
  'nice-cg61-signs': {
    title: '성인 과민대장증후군(CG61)의 의뢰 기준. 2018년 1월의 요약으로 읽음',
    publisher: '영국 국립보건임상연구원(NICE)',
  },
  'kdca-choking-2026': {
    title: '설 무렵의 기도 막힘: 2019~2024년 23개 병원 응급실. 이를 다룬 기사로 읽음',
    publisher: '질병관리청',
  },
  'aasm-sleep-2016': { title: '건강한 어린이에게 권하는 수면 시간에 대한 합의문', publisher: '미국수면의학회(AASM)' },
  'care-inspectorate-2022': { title: '영유아와 어린이의 질식 예방과 대처. 이를 알린 글로 읽음', publisher: '스코틀랜드 돌봄감독원' },
  'aga-2022': {
    title: 'AGA 임상 진료 업데이트: 과민대장증후군에서 식사의 역할(전문가 검토). 이를 다룬 글로 읽음',
    publisher: '미국소화기학회(AGA)',
  },
  'bda-ibs': { title: '과민대장증후군과 식사: 식품 정보지', publisher: '영국영양사협회(BDA)' },
  'monash-phases-2018': { title: '저FODMAP 식사의 세 단계', publisher: '모나시 대학교' },
  'kidney-diet': { title: '만성 콩팥병의 식사와 영양(미국 신장재단 자료에 따름)', publisher: '뉴욕 광역 신장 진료소' },
  'diabetes-sugar': { title: '설탕을 줄이는 안내: 당뇨 식사의 첫걸음', publisher: '사우스맨체스터 대학병원(NHS)' },
  'vitamin-k-steady': { title: '비타민 K를 일정하게 먹는 식사', publisher: 'Healthwise' },
  'who-salt': { title: '성인의 소금 섭취 권고', publisher: '세계보건기구 소금 줄이기 협력센터' },
  'rome-child-ibs': {
    title: '소아 진료에서의 로마 IV 기준(무엇이 바뀌었는지 살핀 글)',
    publisher: 'Current Gastroenterology Reports(Springer)',
  },
  'salt-pressure': { title: '저염 식단 설계 방법: 혈압이 자주 오르는 사람을 위해', publisher: '시둥(sidung.com)' },
  'cholesterol-fat': { title: '높은 콜레스테롤: 지방', publisher: '웨스트그린 의원(NHS Choices의 글)' },
  'monash-pregnancy': { title: '임신 중의 저FODMAP 식사', publisher: '모나시 대학교' },
  'boots-ibs': { title: '과민대장증후군 증상 다스리기', publisher: '부츠 약학교(Boots)' },
  'codex-nutrition-claims': {
    title: '영양·건강 강조 표시 지침(CAC/GL 23-1997): 식이섬유의 조건. 채택을 다룬 기사로 읽음',
    publisher: '국제식품규격위원회(Codex)',
  },
  'who-activity-young': {
    title: '신체 활동과 좌식 행동 지침: 5~17세 어린이와 청소년. 근거 요약의 표 4로 읽음',
    publisher: '세계보건기구(WHO)',
  },
  'who-activity-65': {
    title: '건강을 위한 신체 활동 권고: 65세 이상 성인. 종설의 표 1로 읽음',
    publisher: '세계보건기구(WHO)',
  },
  'tudor-locke-2019': {
    title: '21~40세의 걷는 빠르기(1분의 걸음 수)와 강도: CADENCE-adults(Tudor-Locke 등)',
    publisher: 'International Journal of Behavioral Nutrition and Physical Activity',
  },
  'nhs-anaphylaxis': {
    title: '아나필락시스(NICE CG134 「아나필락시스: 응급 치료 뒤의 평가와 의뢰」와 함께)',
    publisher: '영국 국민보건서비스(NHS)',
  },
};

/** Where in a source, by the English of the points. A test holds that none is missing. */
export const SECTIONS_KO: Readonly<Record<string, string>> = {
  'Ingredients that every offered recipe leaves out': '권하는 조리법이 모두 빼는 재료',
  'Changes under which a dish is offered': '음식을 권할 때 바꾸는 것',
  'Hours of sleep by age: 10 to 13 from 3 to 5 years, 9 to 12 from 6 to 12, 8 to 10 from 13 to 18':
    '나이에 따른 수면 시간: 만 3~5세 10~13시간, 6~12세 9~12시간, 13~18세 8~10시간',
  'Rice cake is cut small, above all for older people': '떡은 작게 자름, 특히 어르신께',
  'Spicy foods': '매운 음식',
  'Allergens and lactose computed from usual recipes': '보통의 조리법에서 계산한 알레르기 성분과 유당',
  'Symptoms of anaphylaxis, and to call the emergency number at once (119 in Korea)':
    '아나필락시스의 증상과, 곧바로 응급 번호(한국은 119)에 전화하기',
  'Foods with an ingredient whose allergens no source tells in full, and foods that the catalogue does not know':
    '알레르기 성분을 다 알려 주는 출처가 없는 재료가 든 음식과, 목록이 모르는 음식',
  'Low FODMAP phase': '저FODMAP 단계',
  'What was recorded, by class': '기록된 것, 분류별로',
  'Foods that the catalogue does not know': '목록이 모르는 음식',
  'What was recorded': '기록된 것',
  'Poor candidates for a restrictive diet: risk of malnutrition, eating disorders':
    '제한 식사가 맞지 않는 사람: 영양 부족의 위험, 섭식 장애',
  'Low FODMAP phase: low servings': '저FODMAP 단계: 저FODMAP인 1회 양',
  'Ingredient that brings most of the kind, and a dish of the next day that is low':
    '그 종류를 가장 많이 내는 재료와, 다음 날의 저FODMAP 음식',
  'Class that IBSafe states, and a dish of the next day that is low': 'IBSafe가 밝힌 분류와, 다음 날의 저FODMAP 음식',
  'A substitution diet: one food is swapped for another': '바꿔 먹는 식사: 한 음식을 다른 음식으로',
  'Class of the recipe without these ingredients': '그 재료를 뺀 조리법의 분류',
  'Class of the amount of one meal, computed of recipe and sourced figures of ingredients':
    '한 끼 양의 분류. 조리법과 출처가 있는 재료의 수치로 계산',
  'Grams eaten and fibre per 100 g': '먹은 g과 100 g의 식이섬유',
  'Source: 3 g per 100 g': '급원: 100 g에 3 g',
  'High: 6 g per 100 g': '고식이섬유: 100 g에 6 g',
  'Best practice advice on soluble fibre': '수용성 식이섬유에 대한 권고',
  'Gradually increase fibre intake': '식이섬유는 천천히 늘리기',
  'Have regular meals': '규칙적으로 먹기',
  'A meal is more than fruit or a drink': '과일이나 음료만으로는 한 끼가 아님',
  'Avoid missing meals': '끼니 거르지 않기',
  'Take time to eat': '천천히 먹기',
  'At least eight cups of fluid a day': '하루에 마실 것 여덟 컵 이상',
  'Restrict tea and coffee to three cups a day; less alcohol and fizzy drinks': '차와 커피는 하루 세 잔까지, 술과 탄산음료는 적게',
  'Reduce intake of alcohol': '술 줄이기',
  'Pregnancy: no alcohol at all. Breastfeeding, under 19 (in Korea no alcohol is sold to them) and diseases: own rule':
    '임신 중에는 술을 전혀 마시지 않음. 수유 중, 19세 미만(한국에서는 주류 판매 금지), 질환은 이 서비스의 규칙',
  'Limit fresh fruit to three portions a day': '생과일은 하루 세 번까지',
  'Try not to eat late at night': '늦은 밤에는 먹지 않기',
  'Smaller meal sizes may ease symptoms': '한 끼를 적게 먹으면 증상이 덜할 수 있음',
  'Re-challenge after 2 to 6 weeks, with a dietitian': '2~6주 뒤 영양사와 함께 다시 먹어 보기',
  'When to see a doctor': '진료를 받아야 할 때',
  'Red flags: a family history of bowel or ovarian cancer': '위험 신호: 대장암이나 난소암의 가족력',
  'Red flags: looser or more frequent stools for over six weeks from 60': '위험 신호: 60세 이상에서 6주 넘게 이어지는 묽거나 잦은 변',
  'A diet is tried for a set time, and stopped where it does not help': '식사 조절은 기간을 정해 해 보고, 도움이 되지 않으면 그만둠',
  'Consulting a dietitian is very important in pregnancy; likewise while growing (espghan-2022); other conditions are an own rule':
    '임신 중에는 영양사와의 상담이 매우 중요함. 자라는 동안에도 같음(espghan-2022). 그 밖의 질환은 이 서비스의 규칙',
  'Best practice advice on referral to a dietitian': '영양사 의뢰에 대한 권고',
  'Food and symptom diary': '음식과 증상 일기',
  'Records decide what can be said': '말할 수 있는 것은 기록이 정함',
  'Servings of the catalogue': '목록의 1회 양',
  'Sleep: lengths of a night': '수면: 하룻밤의 길이',
  'A night under one hour or over sixteen is taken for a mistaken record': '1시간이 안 되거나 16시간이 넘는 밤은 잘못된 기록으로 봄',
  'Nights that were recorded': '기록된 밤',
  'Sleep: 7 to 8 hours': '수면: 7~8시간',
  'Four nights or more that average under five hours are for a doctor to look at': '나흘 밤 이상의 평균이 5시간이 안 되면 진료가 필요함',
  'Composed meals of the plan': '계획이 차린 한 상',
  'Foods of the last three days': '최근 3일의 음식',
  'Text of the profile that names an allergy, or a food that cannot be eaten, in words that are not known':
    '알레르기나 먹을 수 없는 음식을 모르는 말로 적은 프로필의 글',
  'Allergens computed from usual recipes': '보통의 조리법에서 계산한 알레르기 성분',
  'A protein dish at each meal': '끼니마다 단백질 음식',
  'A vegetable dish at each meal': '끼니마다 채소 음식',
  'Shortages of the plan': '계획에 모자란 것',
  'Steps that were recorded': '기록된 걸음',
  'A day under a tenth of the median of the recorded days is one on which the phone was not worn':
    '기록된 날의 중앙값의 10분의 1이 안 되는 날은 휴대전화를 지니지 않은 날로 봄',
  '100 steps a minute, a brisk walk, through sixteen waking hours are 96,000 steps: a day beyond is taken for a mistaken record':
    '빠른 걸음인 1분에 100걸음으로 깨어 있는 16시간을 걸으면 96,000보. 이를 넘는 날은 잘못된 기록으로 봄',
  'Level: mean beside 6,000 steps': '수준: 평균을 6,000보와 비교',
  'Regularity: coefficient of variation': '규칙성: 변동 계수',
  'Table 4: from 5 to 17 years on average 60 minutes a day or more. That steps of children have no mark and no goal here is an own rule':
    '표 4: 5~17세는 하루 평균 60분 이상. 어린이의 걸음에 기준과 목표를 두지 않는 것은 자체 규칙',
  'Step goal': '걸음 목표',
  'Step goal: cap on growth': '걸음 목표: 늘리는 한도',
  'Step goal: one that was met is not lowered': '걸음 목표: 이룬 목표는 낮추지 않음',
  'Someone with an eating disorder or a low weight is not urged to exercise': '섭식 장애나 저체중이면 운동을 권하지 않음',
  'Encourage people with low activity to increase it': '활동이 적은 사람에게 늘리도록 권하기',
  'Adults aged 65 and over: balance three days, strength two days a week': '65세 이상 성인: 균형 운동은 한 주에 사흘, 근력 운동은 이틀',
  'As active as abilities and conditions allow': '능력과 상태가 허락하는 만큼 활동하기',
  'A single day has no regularity': '하루만으로는 규칙성을 알 수 없음',
  'Sodium, potassium, phosphorus, protein and fluid are set for each patient with kidney disease; other diets that a clinic sets stand in decision 063':
    '콩팥 질환에서는 나트륨, 칼륨, 인, 단백질, 수분을 환자마다 정함. 병원이 정하는 다른 식사는 결정 063에 있음',
  'Less salt: soups, pickled side dishes and processed food hold most of it; season with half. Dishes of at most 250 mg of sodium so: own rule, of the 2,000 mg of a day (who-salt)':
    '싱겁게: 소금은 국·찌개와 절임 반찬, 가공식품에 가장 많음. 간은 절반만. 그렇게 해서 나트륨이 250 mg 이하인 음식만 권하는 것은 하루 2,000 mg(who-salt)에서 정한 이 서비스의 규칙',
  'Lean meat without its fat and skin; steaming and boiling rather than frying. Fatty liver (fatty-liver-diet) and reflux (reflux-diet) likewise; dishes of at most 15 g of fat: own rule':
    '기름과 껍질을 뗀 살코기, 튀기기보다 찌거나 삶기. 지방간(fatty-liver-diet)과 역류성 식도염(reflux-diet)도 같음. 지방이 15 g 이하인 음식만 권하는 것은 이 서비스의 규칙',
  'Irritable bowel syndrome is told of children from four years on (rome-child-ibs); dishes and servings are those of grown-ups':
    '과민대장증후군은 만 4세부터 진단함(rome-child-ibs). 음식과 분량은 어른의 것임',
  'Regular meals with starchy food, and little sugar; how much, and drugs, are for the clinic (own rule)':
    '전분 음식이 있는 규칙적인 식사와 적은 설탕. 양과 약은 병원이 정함(이 서비스의 규칙)',
  'About the same amount of vitamin K each day; no sudden change': '비타민 K는 날마다 비슷하게, 갑자기 바꾸지 않음',
  'What is left out of the menus since it may harm, told where it was eaten: decisions 061 to 069; grapefruit-drugs, pregnancy-foods, transplant-foods, g6pd-fava, maoi-tyramine, latex-fruit, sulphite-foods, histamine-foods, hereditary-fructose, kdca-choking-2026, caffeine-children':
    '해가 될 수 있어 메뉴에서 빼는 것을 드셨을 때 알림: 결정 061~069과 grapefruit-drugs, pregnancy-foods, transplant-foods, g6pd-fava, maoi-tyramine, latex-fruit, sulphite-foods, histamine-foods, hereditary-fructose, kdca-choking-2026, caffeine-children',
  'What is left out of the menus for a condition, told where it was eaten: decisions 061, 063, 064 and 066 with their sources':
    '건강 상태 때문에 메뉴에서 빼는 것을 드셨을 때 알림: 결정 061, 063, 064, 066과 그 출처',
};
