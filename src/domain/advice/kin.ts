/** Words for others of a family and for friends. Parts of regular expressions for a text in small letters. */
const KIN =
  '어머[니님]|아버[지님]|엄마|아빠|부모님?|아내|와이프|집사람|남편|신랑|할머니|할아버지|장모님?|장인어른|시어머니|시아버지|언니|누나|오빠|(?<![\\d가-힣a-z])형|동생|친구|남자친구|여자친구|남친|여친|룸메(?:이트)?';
const CHILD = '아이|아기|애기|애|딸|아들|자녀|손[자주]|손녀|큰애|막내';
const OUR = '(?<![가-힣])(?:(?:저희|우리|제|내|울)\\s?)?(?:(?:큰|작은|첫째|둘째)\\s?)?';
const CHILD_EN = 'daughter|son|child|kid|baby|toddler';
const KIN_EN = 'mother|father|mom|dad|parents?|wife|husband|partner|sister|brother|friend|girlfriend|boyfriend';

/** One who is named before what is said of them: `딸이 비건이에요`, `my husband is allergic`. `엄마도` says it of the writer as well. */
export const OF_ANOTHER = new RegExp(
  `${OUR}(?:${KIN}|${CHILD})(?:께서는?|이|가|은|는|의)?\\s?$|가족(?:이|력[이은]?)\\s?[:：]?\\s?$|\\b(?:my|our) (?:${KIN_EN}|${CHILD_EN})(?:'s|\\s(?:has|have|had|is|was|are))?\\s(?:an?\\s|type\\s[12]\\s)?$|\\bfamily history(?: of|:)?\\s$`,
  'u',
);

/** A child that a text begins to speak of. A word that only begins so, as 아이스크림 and 딸기, is none. */
const OF_CHILD = new RegExp(`${OUR}(?:${CHILD})(?:께서는?|이|가|은|는|의|도)?(?=\\s)|\\b(?:my|our) (?:${CHILD_EN})(?:'s)?(?=\\s)`, 'giu');
/** Years of age from which on a patient is no child of a writer's. */
const GROWN_UP = 19;

/**
 * A text about food as its patient would have written it. Of a patient who is a child, or of whom no age is known, a parent may have written it: then the child in it is the patient, and what it
 * says of them is the patient's own (decision 063).
 */
export function asPatient(text: string, age: number | null): string {
  return (age ?? 0) >= GROWN_UP ? text : text.replaceAll(OF_CHILD, ' ');
}

/** That a writer speaks of what happened to them, or quotes another: `엄마가 저 새우 알레르기래요`, `아내가 해 준 새우 먹고 두드러기`. */
const NOT_OF_THEM =
  /(?<![가-힣])(?:저|제|나|내|둘)(?:[는도가]|희도)?(?=\s|$)|라고|[래대]요|그러|해\s?[준주]|만[든들]|끓|[사구]\s?[운온]|(?<![가-힣])준\s|먹[고으은]|\bi\b|\bme\b|\bi'm\b|\bboth\b/u;
const BEGINS_WITH_ANOTHER = new RegExp(
  `^\\s*${OUR}(?:${KIN}|${CHILD})(?:께서는?|이|가|은|는)?\\s|^\\s*(?:my|our) (?:${KIN_EN}|${CHILD_EN})(?:'s)?\\s`,
  'u',
);

/** Whether an item of a text, in small letters, says of another, and of nobody else, what it says: `남편이 우유 알레르기예요`. */
export function isOfAnother(item: string): boolean {
  return BEGINS_WITH_ANOTHER.test(item) && !NOT_OF_THEM.test(item);
}

/** Such words, which name no food. Part of a regular expression. */
export const ABOUT_KIN = `${OUR}(?:${KIN}|${CHILD})(?:께서는?|이|가|은|는|의|도|에게|한테|만)?(?![가-힣])|\\b(?:our|${KIN_EN}|${CHILD_EN})(?:'s)?\\b`;
