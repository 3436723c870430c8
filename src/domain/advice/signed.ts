/** Something that a dietitian signs: both are empty while it is not signed. */
export interface Signable {
  readonly reviewedBy: string;
  readonly reviewedOn: string;
}

/** Whether a row is signed: with a name and a day. */
export function isSigned({ reviewedBy, reviewedOn }: Signable): boolean {
  return reviewedBy !== '' && reviewedOn !== '';
}
