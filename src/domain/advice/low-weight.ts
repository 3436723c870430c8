/** Body mass index below which an adult is underweight. Source: WHO Nutrition Landscape Information System (apps.who.int/nutrition/landscape/help.aspx?helpid=392). */
const UNDERWEIGHT = 18.5;
/** Years of age from which on that figure holds: WHO judges those of 5 to 19 by its growth reference of 2007, curves for each month and sex. */
const ADULT = 19;
/** Figures of an adult that are believed, ends included; what is beyond was typed wrongly, or in another unit. Own rule. */
const BELIEVED = { cm: { least: 120, most: 230 }, kg: { least: 25, most: 300 }, index: 8 };

const FIGURES = /^(\d{1,3}(?:\.\d+)?) (\d{1,3}(?:\.\d+)?)$/u;

/**
 * Whether height and weight say that an adult is underweight. Of an unknown age they are judged as an adult's: to be told not to eat less does no harm. Those who grow are not judged by them at all: a
 * healthy child has an index far below, and curves need a sex and a month of birth that were not checked. They have `needsCare` by their age.
 *
 * @param body cm and kg, a blank between them (`165 43.5`); null, zero, words and figures that cannot be say nothing
 * @param age whole years; null where it is not known
 */
export function isUnderweight(body: string | null, age: number | null): boolean {
  const [, height, weight] = FIGURES.exec(body ?? '') ?? [];
  if (height === undefined || weight === undefined || (age ?? ADULT) < ADULT) return false;
  const [cm, kg] = [Number(height), Number(weight)];
  if (cm < BELIEVED.cm.least || cm > BELIEVED.cm.most || kg < BELIEVED.kg.least || kg > BELIEVED.kg.most) return false;
  const index = (kg * 10_000) / (cm * cm);
  return index >= BELIEVED.index && index < UNDERWEIGHT;
}
