/** Whole years on a day (yyyy-mm-dd both); null where no birthday is known. */
export function ageOn(date: string, birth: string | null | undefined): number | null {
  if (birth === null || birth === undefined) return null;
  return Number(date.slice(0, 4)) - Number(birth.slice(0, 4)) - (date.slice(5) < birth.slice(5) ? 1 : 0);
}
