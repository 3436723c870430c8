/**
 * Words that advice of this service never needs and that would make it something else: medicine, a diagnosis or the promise of a cure.
 *
 * Sources of the idea: Korea's Act on Labeling and Advertising of Foods, article 8 (no food may be said to prevent or treat a disease, or be taken
 * for a medicine); Regulation (EC) No 1924/2006 and Directive 2002/46/EC (no claim of preventing, treating or curing); FTC Health Products Compliance
 * Guidance, 2022. The lists are our own, wider than the laws, and deliberately blunt: a harmless sentence that is refused costs a second try.
 * Both languages are looked for in any text. Korean words stand without bounds, so the short ones (약, 병) are left to their compounds: 약간, 약과, 물병.
 */
export const CLAIM_WORDS = {
  MEDICATION: [
    '복\\s?용|투\\s?약|처\\s?방|의약품|약물|약제|치료제|진통제|항생제|지사제|소화제|제산제|수면제|항우울제|정장제|진경제|변비약|설사약|위장약|한약|스테로이드',
    '로페라미드|멜라토닌|약을?\\s?(?:먹|드|끊|중단|줄|늘)|\\d\\s?(?:밀리그램|정씩|알씩)',
    '\\bmedic(?:ation|ament|ine|inal)s?\\b|\\bdrugs?\\b|\\bpills?\\b|\\bdos(?:e|es|age)\\b|\\bprescri(?:be|bed|ption|ptions)\\b|\\bantibiotics?\\b|\\blaxatives?\\b',
    '\\bloperamide\\b|\\bimodium\\b|\\bantidepressants?\\b|\\bsteroids?\\b|\\bpainkillers?\\b|\\bibuprofen\\b|\\baspirin\\b|\\bmelatonin\\b|\\binsulin\\b|\\d\\s?mg\\b',
  ],
  DIAGNOSIS: [
    '진단|의심(?:됩|돼|되|이)|크론|궤양|대장암|위암|암입니다|셀리악|당뇨|우울증|불안장애|염증성\\s?장|갑상선|게실',
    '과민성\\s?(?:대장|장)\\s?증후군(?:입니다|이에요|이네요|인\\s?것|으로\\s?보|이\\s?의심)',
    '\\bdiagnos|\\bcrohn|\\bulcer|\\bco?eliac\\s+disease\\b|\\bcancer|\\btumou?r|\\bdiabet|\\bcolitis\\b|\\byou\\s+(?:probably\\s+|may\\s+|might\\s+)?(?:have|suffer\\s+from)\\s+(?:ibs\\b|irritable|an?\\s+(?:disease|disorder|infection))',
  ],
  CURE_PROMISED: [
    '완\\s?치|치\\s?료|특효|만병|낫게|나을\\s?(?:거|것|수)|낫습니다|나아(?:집니다|져요|질)|(?:증상|통증|복통|설사|변비)[이가은는]?\\s?(?:사라|없어)',
    '(?:보장|장담)(?:합|해|하|됩|돼)|부작용(?:이|은)?\\s?없|(?:반드시|확실히|무조건|100\\s?%)\\s?(?:좋아|나아|개선|효과)|즉효',
    '\\bcur(?:e|es|ed|ing|able)\\b|\\bheal(?:s|ed|ing)?\\b|\\btreat(?:s|ed|ing|ments?)?\\b|\\bremed(?:y|ies)\\b|\\bguarante|\\brisk[- ]free\\b|\\bside[- ]effects?\\b|\\bmiracle',
    '\\bno\\s+more\\s+(?:pain|symptoms|bloating)|\\b(?:will|to)\\s+(?:eliminate|stop|end|fix|banish|get\\s+rid\\s+of)\\b|\\bsymptom[- ]free\\b',
  ],
} as const;
