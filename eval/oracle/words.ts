/** What a person may have to keep away from: the six allergies of IBSafe's profile, and lactose for an intolerance. */
export const AVOIDED = ['GLUTEN', 'MILK', 'NUT', 'SEAFOOD', 'EGG', 'SOY', 'LACTOSE'] as const;
export type Avoided = (typeof AVOIDED)[number];

/** The five kinds of short-chain carbohydrates, named as the columns of data/ingredients.csv are. */
export const KINDS = ['FRUCTAN', 'GOS', 'LACTOSE', 'FRUCTOSE', 'POLYOL'] as const;
export type Kind = (typeof KINDS)[number];

export type FodmapWord = 'LOW' | 'MODERATE' | 'HIGH' | 'UNKNOWN';
export type Tongue = 'ko' | 'en';

/** The meals of a day as `diet_target` names them, and as conditions do. */
export const MEALS = ['BREAKFAST', 'LUNCH', 'DINNER'] as const;

/** Two spellings of one name are equal in this form: people type "두부 조림" and "두부조림". */
export function sameName(name: string): string {
  return name.normalize('NFC').replaceAll(/\s/gu, '').toLowerCase();
}
