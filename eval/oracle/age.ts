/** Nobody is older: a birthday that says so is a typing error, as one to come is. */
const OLDEST = 120;

/** Whole years on a day (yyyy-mm-dd both); null where no birthday is known, or none of a person alive. */
export function ageOn(date: string, birth: string | null | undefined): number | null {
  if (birth === null || birth === undefined) return null;
  const years = Number(date.slice(0, 4)) - Number(birth.slice(0, 4)) - (date.slice(5) < birth.slice(5) ? 1 : 0);
  return years < 0 || years > OLDEST ? null : years;
}
