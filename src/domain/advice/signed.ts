/** Something that a dietitian signs: both are empty while nobody did. */
export interface Signable {
  readonly reviewedBy: string;
  readonly reviewedOn: string;
}

/** Whether a row is signed: by somebody, on a day. */
export function isSigned({ reviewedBy, reviewedOn }: Signable): boolean {
  return reviewedBy !== '' && reviewedOn !== '';
}
