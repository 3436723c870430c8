/** The largest id that IBSafe's table of accounts can hold. */
const MAX_NUMBER = 2_147_483_647;

/** Whether a text is the number of a patient: digits without a zero in front, as far as IBSafe's table goes. */
export function isPatientNumber(text: string): boolean {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= MAX_NUMBER;
}
