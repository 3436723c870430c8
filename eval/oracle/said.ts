import type { PatientRecords } from './records.js';
import type { Avoided } from './words.js';

/** Plain texts of a profile that say what a patient must not eat. */
const SAID: readonly (readonly [RegExp, Avoided])[] = [
  [/^땅콩 알레르기였는데 지금은 괜찮아요$|^🥜☠️$/u, 'NUT'],
  [/^우유알레르기로 두유만 마십니다$/u, 'MILK'],
  [/^새우 먹으면 바로 두드러기 나요$|^(?:새우|해산물) 알레르기가 있어요$|^생선(?:은|을)?\s?못 먹(?:어요|음)$/u, 'SEAFOOD'],
  [/^우유(?:는|를)?\s?못 마셔요$/u, 'MILK'],
  [/^밀가루(?:는|를)?\s?안 먹어요$/u, 'GLUTEN'],
  [/^달걀 알레르기$|^계란 빼고 다 먹어요$/u, 'EGG'],
  [/^비건인데 콩 알레르기$/u, 'SOY'],
];

/** Plain texts of a profile that say what upsets the stomach, or tell of a disease of the bowel: no allergy. Of milk it is the lactose. */
const UPSETS: readonly (readonly [RegExp, Avoided])[] = [
  [/^우유 먹으면 배 아파요$/u, 'LACTOSE'],
  [/^계란 먹으면 설사해요$/u, 'EGG'],
  [/^셀리악병이에요$/u, 'GLUTEN'],
  [/^밀가루 먹으면 배에 가스가 차요$/u, 'GLUTEN'],
];

/** The records with what the profile's text says must be avoided. */
export function withSaid(records: PatientRecords): PatientRecords {
  const text = (records.profile?.preference ?? '').trim();
  const wordsOf = (list: typeof SAID): Avoided[] => list.filter(([pattern]) => pattern.test(text)).map(([, word]) => word);
  const [said, upsets] = [wordsOf(SAID), wordsOf(UPSETS)];
  const avoids = new Set([...records.avoids, ...said, ...upsets]);
  return { ...records, avoids, upsets: new Set(upsets.filter((each) => !records.avoids.has(each))) };
}
