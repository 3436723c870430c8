/** Conditions in which nobody should leave foods out without being looked after. Sources: Monash University on pregnancy, AGA 2022 on eating disorders and malnutrition; diabetes and the kidneys are an own rule. */
const CARE =
  /임신|임산부|임부|수유|당뇨|콩팥|신장\s?(?:병|질환|염|이식|투석|기능)|투석|거식|섭식\s?장애|폭식|저체중|체중\s?(?:미달|부족)|\bpregnan|breast-?\s?fe|\bnursing\b|diabet|kidney|dialysis|eating disorder|anorexi|bulimi|underweight/iu;
/** That one is not in it: 당뇨 없음, 임신 아니에요, no diabetes. */
const NONE = /없|아니|아님|안\s?해|끝났|\bnot?\b|\bnever\b/iu;

/** Whether a free text about food speaks of a condition of the writer in which a diet that leaves foods out is for a doctor or a dietitian to decide. */
export function speaksOfCare(text: string): boolean {
  return text.split(/[,.;\n/·]/u).some((part) => CARE.test(part) && !NONE.test(part));
}
